/**
 * What the page does beyond HTML: copy buttons, a switch between light and dark, a filter, folds that open all at once, and boxes
 * that scroll for who has no mouse. All of it is a comfort; without script the page is complete. It runs under a policy that
 * knows it by its hash, so it must not change while a page is built. What a filter hides is said in the style.
 */
export const PAGE_SCRIPT = `
const root=document.documentElement,all=s=>document.querySelectorAll(s);
const make=(name,fields)=>Object.assign(document.createElement(name),fields);
const button=(textContent,onclick,className="")=>make("button",{type:"button",textContent,onclick,className});
for(const box of all(".cn-code")){
const pre=box.querySelector("pre"),copy=button("Copy",async()=>{
try{await navigator.clipboard.writeText(pre.textContent);copy.textContent="Copied"}
catch{copy.textContent="Press Ctrl+C";getSelection().selectAllChildren(pre)}
setTimeout(()=>{copy.textContent="Copy"},1500)},"copy");
box.append(copy)}
const bar=make("div",{className:"bar"}),set=open=>{for(const fold of all("main details"))fold.open=open};
const kinds={all:"All",prompts:"Prompts",tools:"Tools",errors:"Errors"};
const found={prompts:".prompt,.asks",tools:".cn-panel:not(.cn-think,.cn-notice)",errors:".cn-error,.cn-failed"};
const show=make("select",{onchange:()=>{root.dataset.show=show.value;
if(show.value!=="all")for(const fold of all("main .fold,main details:has("+found.errors+")"))fold.open=true}});
show.setAttribute("aria-label","Show");
for(const kind in kinds)if(!found[kind]||all(found[kind]).length)show.append(new Option(kinds[kind],kind));
if(show.length>1)bar.append(show);
if(all("main details").length)bar.append(button("Expand all",()=>set(true)),button("Fold all",()=>set(false)));
const isDark=()=>root.dataset.theme?root.dataset.theme==="dark":matchMedia("(prefers-color-scheme: dark)").matches;
const theme=button("",()=>{root.dataset.theme=isDark()?"light":"dark";label()});
const label=()=>{theme.textContent=isDark()?"Light":"Dark";theme.setAttribute("aria-label",theme.textContent+" theme")};
label();bar.append(theme);document.querySelector("header").append(bar);
const reach=place=>{for(const box of place.querySelectorAll("pre,table,.cn-html,.cn-tree"))if(box.scrollWidth>box.clientWidth)box.tabIndex=0};
let due=0;const reachSoon=()=>{due||=requestAnimationFrame(()=>{due=0;reach(document)})};
reach(document);addEventListener("resize",reachSoon);addEventListener("toggle",reachSoon,true);
const reveal=()=>{const place=document.getElementById(location.hash.slice(1));if(place?.open===false)place.open=true};
reveal();addEventListener("hashchange",reveal);
let shut=[];addEventListener("beforeprint",()=>{shut=[...all("details:not([open])")];for(const fold of shut)fold.open=true});
addEventListener("afterprint",()=>{for(const fold of shut)fold.open=false});
`.trim();
