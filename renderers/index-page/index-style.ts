/** The style of an index page; its colours are those of an exported page. */
export const INDEX_STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1f2328,#e6e9ed);--paper:light-dark(#fff,#111418);--soft:light-dark(#59636e,#9aa4af);--line:light-dark(#d8dee4,#30363d);--link:light-dark(#0a5cb0,#6cb6ff)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:860px;margin:0 auto;padding:24px 20px 64px}
h1{font-size:24px;line-height:1.25;margin:0 0 16px}
input{width:100%;font:inherit;padding:6px 12px;border:1px solid var(--line);border-radius:6px;background:var(--paper);color:var(--ink)}
ol{list-style:none;margin:16px 0;padding:0}
main>ol>li{padding:10px 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
a{font-weight:600;color:var(--link)}
a:focus-visible,input:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:1px}
.facts,details,[role=status]{color:var(--soft);font-size:13px}
.facts{margin-left:8px}
.failed{color:light-dark(#b3202c,#ff9a94)}
.found{margin:4px 0}
summary{cursor:pointer}
ul{margin:4px 0;padding-left:20px}
mark{background:light-dark(#fff0b3,#5c4a00);color:inherit}
[hidden]{display:none}
@media print{form{display:none}}
`.trim();
