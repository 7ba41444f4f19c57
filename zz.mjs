const t=()=>(process.cpuUsage().user/1000).toFixed(0);
console.log("start",t());
const s=await import("./dist/kernel/cli/commands/read-saved-session.js");
const r=await import("./dist/renderers/session/render-session-page.js");
const {createRedactor}=await import("./dist/kernel/redact/redactor.js");
const {redactTurns}=await import("./dist/kernel/redact/redact-turns.js");
console.log("imported",t());
for(let i=0;i<2;i++){
const x=await s.readSavedSession("/tmp/wx/session.jsonl"); console.log("read",t());
const red=createRedactor(); const y=redactTurns(x.turns,red); console.log("redacted",t());
const h=r.renderTurnsPage(y); console.log("rendered",t(),h.length);
}
