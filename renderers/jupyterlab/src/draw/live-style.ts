/** What the page needs beside the style of a response: toolbar, code buttons, questions. The same variables colour it. */
export const LIVE_STYLE = `
.cn-live{position:relative;padding:2px 0}
.cn-part{display:block}
.cn-part>:is(.cn-panel,.cn-text):first-child{margin-top:8px}
.cn-live :is(button,input){font:inherit;font-size:12px;color:inherit}
.cn-live button{border:1px solid var(--cn-rule);border-radius:6px;background:var(--jp-layout-color1,Canvas);padding:2px 10px;cursor:pointer}
.cn-live button:hover{border-color:var(--cn-soft)}
.cn-live :is(button,input):focus-visible,.cn-approval:focus-visible{outline:2px solid light-dark(#0a5cb0,#6cb6ff);outline-offset:1px}
.cn-tools{position:absolute;top:-4px;right:0;display:flex;gap:4px;z-index:1;opacity:0;transition:opacity .1s}
.cn-live:hover>.cn-tools,.cn-tools:focus-within{opacity:1}
.cn-tools button{padding:1px 8px;color:var(--cn-soft)}
.cn-run-bar{display:flex;align-items:center;gap:8px;margin-top:8px;color:var(--cn-soft);font-size:12px}
.cn-run-bar[hidden]{display:none}
.cn-live .highlight:hover>.cn-code-tools,.cn-code-tools:focus-within{opacity:1}
.cn-code-tools{position:absolute;top:4px;right:6px;display:flex;gap:4px;opacity:0;transition:opacity .1s}
.cn-live .highlight{position:relative}
.cn-code-tools button{padding:0 7px!important;font-size:11px!important;color:var(--cn-soft)}
.highlight:hover>.cn-lang{visibility:hidden}
.cn-note{color:var(--cn-warn);font-size:12px;padding:2px 0}
.cn-void{display:none}.jp-OutputArea-child:has(>.cn-void){display:none}
.cn-approval{margin:10px 0;border:1px solid var(--cn-rule);border-left:3px solid var(--cn-hue);border-radius:6px;--cn-hue:light-dark(#9a4c00,#ffa657)}
.cn-approval-open{padding:10px 12px;background:color-mix(in srgb,var(--cn-hue) 5%,transparent)}
.cn-approval-risky{--cn-hue:light-dark(#c01f2b,#ff7b72)}
.cn-approval>*+*{margin-top:8px}
.cn-approval-title{display:flex;gap:10px;align-items:baseline}
.cn.cn.cn .cn-approval-code{margin-top:8px;background:var(--cn-code);border:1px solid var(--cn-rule);border-radius:6px;padding:8px 10px}
.cn.cn.cn .cn-approval-code pre,.cn.cn.cn .cn-approval .cn-more pre{white-space:pre-wrap;overflow-wrap:anywhere}
.cn.cn.cn .cn-approval-facts{list-style:none;margin:8px 0 0;padding:0;font-size:12.5px;overflow-wrap:anywhere}
.cn-row{display:flex;flex-wrap:wrap;gap:8px;align-items:center}.cn-row+.cn-row{margin-top:6px}
.cn-live .cn-actions button{padding:4px 14px;font-size:13px}
.cn-live .cn-allow.cn-default{background:light-dark(#1a6b33,#238443);border-color:transparent;color:#fff;font-weight:600}
.cn-live .cn-allow.cn-risky{border-color:light-dark(#c01f2b,#ff7b72);color:light-dark(#c01f2b,#ff7b72)}
.cn-dead button,.cn-live button:disabled{opacity:.55;cursor:default}
.cn-live .cn-reason,.cn-approval fieldset input[type=text]{flex:1;min-width:160px;max-width:420px;padding:4px 8px;border:1px solid var(--cn-rule);border-radius:6px;background:var(--jp-layout-color1,Canvas);font-size:13px}
.cn.cn.cn .cn-rule{font-size:12px;color:var(--cn-soft);overflow-wrap:anywhere}
.cn-approval fieldset{border:0;margin:0;padding:0;font-size:13.5px}.cn-approval legend{font-weight:600;padding:0 0 4px}
.cn-approval fieldset label{display:flex;gap:8px;align-items:baseline;padding:2px 0;cursor:pointer}
.cn-approval-done{display:flex;gap:8px;align-items:baseline;padding:5px 10px;font-size:12.5px;min-width:0}
.cn-approval-done .cn-target{flex:0 1 auto}
`.trim();
