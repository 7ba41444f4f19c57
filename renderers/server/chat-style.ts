/** The style of the chat page around the answers. */
export const CHAT_STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1f2328,#e6e9ed);--paper:light-dark(#fff,#111418);--soft:light-dark(#59636e,#9aa4af);--rule:light-dark(#d8dee4,#30363d);--tint:light-dark(#f6f8fa,#1a1f25);--accent:light-dark(#0a5cb0,#6cb6ff)}
*{box-sizing:border-box}
body{margin:0;height:100dvh;display:grid;grid-template-columns:240px minmax(0,1fr);background:var(--paper);color:var(--ink);font:14px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
aside{border-right:1px solid var(--rule);padding:12px;overflow-y:auto;display:flex;flex-direction:column;gap:8px}
#history{list-style:none;margin:0;padding:0}
#history button{width:100%;text-align:left;border:0;background:none;padding:5px 8px;border-radius:6px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
#history button:hover,#history button[aria-current]{background:var(--tint)}
main{display:flex;flex-direction:column;min-height:0}
#turns{flex:1;overflow-y:auto;padding:16px 24px}
.turn,#ask,#questions{max-width:760px;margin:0 auto;width:100%}#ask,#questions{max-width:808px}
.prompt{margin:16px 0 8px;padding:8px 12px;background:var(--tint);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
#ask{padding:0 24px 16px}
#questions{padding:0 24px;max-height:50vh;overflow-y:auto}
.question{border:1px solid var(--rule);border-left:3px solid #b7671a;border-radius:6px;padding:8px 12px;margin:0 0 10px}
.question p{margin:0 0 6px}
.question fieldset{border:0;padding:0;margin:0 0 8px}
.question label{display:block}
.bar,.answers{display:flex;gap:8px;align-items:center;justify-content:flex-end;margin-top:6px}
#status{flex:1;color:var(--soft);font-size:12px}
textarea,input{width:100%;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--rule);border-radius:6px;padding:8px 10px;resize:vertical}
.question input[type=radio],.question input[type=checkbox]{width:auto;margin-right:8px}
button{font:inherit;padding:4px 14px;border:1px solid var(--rule);border-radius:6px;background:var(--paper);color:var(--ink);cursor:pointer}
button[type=submit],.allow{background:var(--accent);border-color:var(--accent);color:var(--paper)}
button:disabled{opacity:.5;cursor:default}
:is(button,input,textarea):focus-visible{outline:2px solid var(--accent);outline-offset:1px}
dialog{border:1px solid var(--rule);border-radius:8px;color:inherit;background:var(--paper)}
dialog h1{font-size:16px;margin:0}
dialog button{margin-top:8px}
@media (max-width:700px){body{grid-template-columns:minmax(0,1fr)}aside{display:none}#turns,#ask,#questions{padding-left:12px;padding-right:12px}}
`.trim();
