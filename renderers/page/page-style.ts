/** Calls of tools. */
const TOOL = ".cn-panel:not(.cn-think,.cn-notice)";
/** What went wrong. */
const BAD = ":is(.cn-error,.cn-failed)";

/** What each choice of the filter hides; `page-script.ts` sets `data-show`. */
const FILTERS = `
[data-show=prompts] main>section:not(.asks,:has(>.prompt)),[data-show=prompts] main>section>:not(.number,.prompt,.source,:has(.source)){display:none}
[data-show=tools] main>section:not(:has(${TOOL})),[data-show=tools] :is(.prompt,.source),[data-show=tools] .cn>:not(.fold,${TOOL}),[data-show=tools] .cn>.fold>:not(summary,${TOOL}){display:none}
[data-show=errors] main>section:not(:has(${BAD})),[data-show=errors] :is(.outputs>.cn,.turn>.cn:not(.prompt))>:not(.fold,${BAD},:has(${BAD})),[data-show=errors] .cn>.fold>:not(summary,${BAD},:has(${BAD})){display:none}
`.trim();

/** The style of an exported page around the responses: cells, contents, tables, filter, print. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1f2328,#e6e9ed);--paper:light-dark(#fff,#111418)}
:root[data-theme="light"]{color-scheme:light}:root[data-theme="dark"]{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
.page{max-width:860px;margin:0 auto;padding:24px 20px 64px}
header{display:flex;align-items:baseline;justify-content:flex-end;gap:16px;margin-bottom:16px}
header h1{flex:1;font-size:24px;line-height:1.25;margin:0}
.cn{max-width:none}
.cell{display:grid;grid-template-columns:44px minmax(0,1fr);margin:14px 0}
.cell>*{grid-column:2;min-width:0}
.cell>.number{grid-column:1;grid-row:1;padding-top:9px;font:12px/1.5 ui-monospace,Menlo,Consolas,monospace;color:light-dark(#59636e,#9aa4af);text-decoration:none;user-select:none}
.link{color:light-dark(#59636e,#9aa4af);text-decoration:none;padding:0 3px}
.link::before,.number:empty::before{content:"#";opacity:0}
:is(.cell:hover>.number,.number:focus-visible,:is(.cn-panel,.prompt):hover>.link,.link:focus-visible)::before{opacity:1}
.cn-panel{position:relative}.cn-panel>.link{position:absolute;right:8px;z-index:1}
.prompt>.link{float:right}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;padding:4px 10px;background:var(--paper);z-index:1}
.bar{display:flex;flex-wrap:wrap;gap:6px;justify-content:flex-end}
.fold>summary{cursor:pointer;font-size:12px;padding:4px 0;color:light-dark(#59636e,#9aa4af)}
.cell .outputs{padding:4px 0 0 1px}
.outputs>*+*{margin-top:8px}
.source.cn.cn.cn .cn-code{margin:0}
.cell:target{outline:2px solid light-dark(#0a5cb0,#6cb6ff);outline-offset:6px;border-radius:4px}
.cn-panel:target{outline:2px solid light-dark(#0a5cb0,#6cb6ff);outline-offset:2px}
nav{margin:0 0 20px 44px;padding:8px 14px;border:1px solid light-dark(#d8dee4,#30363d);border-radius:6px}
nav summary{cursor:pointer;font-weight:600}
nav ol{list-style:none;margin:4px 0;padding:0}
nav a{color:light-dark(#0a5cb0,#6cb6ff);text-decoration:none}nav a:hover{text-decoration:underline}
.cn-panel{border:1px solid;border-left-width:3px;border-radius:6px}.cn-panel>summary{cursor:pointer}.cn-notice{padding:6px 12px}.cn-foot{padding-top:6px}.cn-nested{border-left:2px solid #8886;padding-left:10px}
.prompt{margin:24px 0 10px;padding:8px 14px;border-radius:6px;background:light-dark(#f0f3f6,#1f262d);color:var(--ink)}
.turn:target>.prompt{outline:2px solid light-dark(#0a5cb0,#6cb6ff);outline-offset:2px}
.cn.cn.cn.cn-stream .cn-out{padding:2px 0}
.cn-stderr{border-left:3px solid light-dark(#b7871a,#b7871a);padding-left:10px}
.cn.cn.cn .cn-trace pre{margin-top:4px}
.cn-html{overflow-x:auto}
.outputs .cn.cn.cn>.cn-out{color:inherit}
.cn-html table{border:0;border-collapse:collapse;font-size:13px}
.cn-html :is(th,td){padding:3px 10px;border:0;border-bottom:1px solid light-dark(#d8dee4,#30363d);text-align:right;font-variant-numeric:tabular-nums;vertical-align:top}
.cn-html thead th{border-bottom-width:2px}
.cn-html tbody th{font-weight:600}
button,select{font:inherit;font-size:12px;padding:2px 10px;border:1px solid light-dark(#d8dee4,#30363d);border-radius:6px;background:var(--paper);color:var(--ink);cursor:pointer}
.copy{position:absolute;top:4px;right:6px;opacity:0}
.cn-code:hover>.copy,.copy:focus-visible{opacity:1}
.cn-code:hover>.cn-lang{visibility:hidden}
:is(a,button,select,pre,table):focus-visible{outline:2px solid light-dark(#0a5cb0,#6cb6ff);outline-offset:1px}
footer{margin:32px 0 0 44px;font-size:12px}footer a{color:light-dark(#0a5cb0,#6cb6ff)}
${FILTERS}
@media (max-width:640px){.cell{grid-template-columns:minmax(0,1fr)}.cell>*,.cell>.number{grid-column:1;grid-row:auto}nav,footer{margin-left:0}}
@media print{:root,:root[data-theme],:root[data-theme] .cn{color-scheme:light!important}.page{max-width:none;padding:0}nav,button,.bar,.skip,.link,footer{display:none!important}.cell,.cn-code{break-inside:avoid}.cn.cn.cn pre{white-space:pre-wrap;overflow-wrap:anywhere}details::details-content{content-visibility:visible!important;display:block!important}.cn.cn.cn .cn-target{white-space:normal;overflow:visible}}
`.trim();
