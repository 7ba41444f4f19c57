/**
 * The search of an index page: shows the pages that hold all words, each with the place where the first of them stands. It runs under a
 * policy that knows it by its hash, so it must not change while a page is built.
 */
export const INDEX_SCRIPT = `
const texts=JSON.parse(document.getElementById("texts").textContent),lower=texts.map(text=>text.toLowerCase());
const form=document.querySelector("form"),field=form.querySelector("input"),status=document.querySelector("[role=status]");
const items=[...document.querySelectorAll("main>ol>li")];
const search=()=>{
const words=field.value.toLowerCase().split(/\\s+/).filter(Boolean);let shown=0;
items.forEach((item,i)=>{
const isFound=words.every(word=>lower[i].includes(word)),found=item.querySelector(".found");
item.hidden=!isFound;if(isFound)shown++;
found.hidden=words.length===0||!isFound;found.textContent="";
if(found.hidden)return;
const at=lower[i].indexOf(words[0]),from=Math.max(0,at-60),mark=document.createElement("mark");
mark.textContent=texts[i].slice(at,at+words[0].length);
found.append((from>0?"…":"")+texts[i].slice(from,at),mark,texts[i].slice(at+words[0].length,at+100)+"…")});
status.hidden=words.length===0;status.textContent=shown+" of "+items.length+" pages";
};
form.hidden=false;form.onsubmit=event=>event.preventDefault();field.oninput=search;
if(field.value)search();
`.trim();
