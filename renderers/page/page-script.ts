/**
 * What the page does beyond HTML: copy buttons, and a switch between light and dark. All of it is a comfort; without script
 * the page is complete. It runs under a policy that knows it by its hash, so it must not change while a page is built.
 */
export const PAGE_SCRIPT = `
for(const box of document.querySelectorAll(".cn-code")){
const button=document.createElement("button");
button.className="copy";button.type="button";button.textContent="Copy";
button.onclick=async()=>{
try{await navigator.clipboard.writeText(box.querySelector("pre").textContent);button.textContent="Copied"}
catch{button.textContent="Press Ctrl+C";getSelection().selectAllChildren(box.querySelector("pre"))}
setTimeout(()=>{button.textContent="Copy"},1500)};
box.append(button)}
const root=document.documentElement,theme=document.createElement("button");
const isDark=()=>root.dataset.theme?root.dataset.theme==="dark":matchMedia("(prefers-color-scheme: dark)").matches;
const label=()=>{theme.textContent=isDark()?"Light":"Dark";theme.setAttribute("aria-label",theme.textContent+" theme")};
theme.type="button";theme.onclick=()=>{root.dataset.theme=isDark()?"light":"dark";label()};
label();document.querySelector("header").append(theme);
`.trim();
