import { builtInHue, chosenHues, KINDS } from "./hues.js";

/** A colour in both themes; `light-dark()` follows the `color-scheme` that stands for the element. */
function both(light: string, dark: string): string {
  return `light-dark(${light},${dark})`;
}

/** A trace of the panel's hue, in percent for light and for dark paper. */
function tint(light: number, dark: number): string {
  const mix = (percent: number): string => `color-mix(in srgb,var(--cn-hue) ${percent}%,transparent)`;
  return both(mix(light), mix(dark));
}

const hueColors = Object.fromEntries(
  KINDS.map((kind) => [kind, both(builtInHue(kind).light, builtInHue(kind).dark)]),
);

/** Pygments classes by their colour. */
const CODE_COLORS: readonly (readonly [classes: string, color: string])[] = [
  ["k kc kt gs", both("#a0297a", "#ff8bd1")],
  ["s s1 s2 se sr ss gi", both("#0a5c36", "#8ddb8c")],
  ["mi mf nb", both("#0a50a1", "#79c0ff")],
  ["c1 cp", both("#5f6975", "#9aa4af")],
  ["nf nc gh", both("#6a3fb0", "#d2a8ff")],
  ["na nv nt", both("#8a4600", "#ffb77c")],
  ["gd", both("#b3202c", "#ff9a94")],
];

/** The terminal's eight colours; the bright ones look the same. */
const ANSI_COLORS = {
  black: both("#59636e", "#9aa4af"),
  red: both("#c01f2b", "#ff7b72"),
  green: both("#1a6b33", "#57d27b"),
  yellow: both("#7d5800", "#e3b341"),
  blue: both("#0a5cb0", "#6cb6ff"),
  magenta: both("#a8215f", "#ff8bc2"),
  cyan: both("#0a6b66", "#4fd1c5"),
  white: both("#59636e", "#c9d1d9"),
} as const;

/** Written three times to outweigh JupyterLab's rules for HTML outputs, which name two classes and an element. */
const CN = ".cn.cn.cn";

const MONO = "var(--jp-code-font-family,ui-monospace,'JetBrains Mono',Menlo,Consolas,monospace)";

const rules = (
  selector: (name: string) => string,
  property: string,
  values: Readonly<Record<string, string>>,
): string =>
  Object.entries(values)
    .map(([name, value]) => `${selector(name)}{${property}:${value}}`)
    .join("\n");

const codeRules = CODE_COLORS.map(
  ([classes, color]) =>
    `${CN} .highlight :is(${classes
      .split(" ")
      .map((name) => `.${name}`)
      .join()}){color:${color}}`,
).join("\n");

const ansiRules = rules(
  (name) => `${CN} :is(.ansi-${name}-fg,.ansi-${name}-intense-fg):not([class*="-bg"])`,
  "color",
  Object.fromEntries(Object.entries(ANSI_COLORS).map(([name, color]) => [name, `${color}!important`])),
);

/**
 * The style of a response. It stands in the first output of each response and once in an exported page.
 *
 * Each colour is written once for both themes. Which one holds follows the host: JupyterLab's and VS Code's marks on the
 * body, `data-theme` on the root of our page, and otherwise the page's own `color-scheme` (so the reader's preference where
 * the page follows it, and light where the page knows no dark). `!important` beats the inline literals, which are there for
 * hosts that drop this sheet.
 */
export const RESPONSE_STYLE = `
body[data-jp-theme-light="true"] .cn,body.vscode-light .cn,:root[data-theme="light"] .cn{color-scheme:light}
body[data-jp-theme-light="false"] .cn,body.vscode-dark .cn,html[theme="dark"] .cn,:root[data-theme="dark"] .cn{color-scheme:dark}
.cn{--cn-ink:${both("#1f2328", "#e6e9ed")};--cn-soft:${both("#59636e", "#9aa4af")};--cn-rule:${both("#d8dee4", "#30363d")};--cn-code:${both("#f6f8fa", "#1a1f25")};--cn-ok:${both("#1a6b33", "#4ac26b")};--cn-bad:${both("#c01f2b", "#ff7b72")};--cn-warn:${both("#7d5800", "#e3b341")};--cn-hue:var(--cn-soft);font-size:14px;line-height:1.55;max-width:760px}
${rules((name) => `.cn-${name}`, "--cn-hue", hueColors)}
.cn-ok{color:var(--cn-ok)}.cn-bad{color:var(--cn-bad)}.cn-warn{color:var(--cn-warn)}.cn-soft,.cn-label{color:var(--cn-soft)}
.cn-label{font-size:12px;padding-top:4px}
${CN} pre,${CN} code{font-family:${MONO};font-size:12.5px;line-height:1.5;color:inherit;background:none}
${CN} pre{margin:0;padding:0;border:0;white-space:pre;overflow-x:auto}
${CN} .highlight{background:none;color:inherit;margin:0}
${CN} .cn-panel{border-color:var(--cn-rule)!important;border-left-color:var(--cn-hue)!important;overflow:hidden;margin:10px 0!important}
.cn-panel>summary{display:flex;align-items:center;gap:8px;padding:5px 10px!important;list-style:none;background:${tint(6, 14)}}
.cn-panel>summary::-webkit-details-marker{display:none}
.cn-panel>summary::before{content:"›";color:var(--cn-soft);transition:transform .12s}
.cn-empty>summary::before{visibility:hidden}
.cn-panel[open]>summary::before{transform:rotate(90deg)}
${CN} summary:focus-visible{outline:2px solid var(--cn-hue);outline-offset:-2px}
.cn-name{font-weight:600;color:var(--cn-hue);white-space:nowrap}
${CN} .cn-target{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;padding:0}
.cn-facts{margin-left:auto;color:var(--cn-soft);font-size:12px;white-space:nowrap;font-variant-numeric:tabular-nums}
.cn-body{padding:8px 12px!important}
${CN} .cn-body.cn-body>*+*{margin-top:8px}
${CN} .cn-out{color:var(--cn-soft)}
.cn-prose{color:var(--cn-soft)}
.cn-think .cn-prose{font-style:italic}
.cn-notice{background:${tint(5, 9)}}
.cn-notice .cn-prose,.cn-notice .cn-hints{color:inherit;margin:4px 0 0;overflow-wrap:anywhere}
${CN} .cn-hints{padding-left:20px}
${CN} .cn-more>summary{color:var(--cn-soft);font-size:12px;padding-top:4px;cursor:pointer}
.cn-n{color:var(--cn-soft);user-select:none;-webkit-user-select:none}
.cn-add,.cn-del{display:block;min-width:max-content}
.cn-add{background-color:${both("#e6ffec", "#12311d")}!important;color:var(--cn-ink)}
.cn-del{background-color:${both("#ffebe9", "#3a1718")}!important;color:var(--cn-ink)}
.cn-mark{font-weight:inherit;border-radius:2px}
.cn-add .cn-mark{background:${both("#abf2bc", "#1f6e3a")};color:var(--cn-ink)}
.cn-del .cn-mark{background:${both("#ffc1bc", "#8b2f2f")};color:var(--cn-ink)}
${CN} .cn-body>.cn-diff{margin:-8px -12px;padding:4px 0}
${CN} .cn-diff pre{padding:0 12px}.cn-body>.cn-diff :is(.cn-add,.cn-del){margin:0 -12px;padding:0 12px}
${CN} .cn-checks{list-style:none;margin:0;padding:0}
${CN} .cn-checks li{padding:1px 0}.cn-checks s{color:var(--cn-soft)}
.cn-nested>.cn-panel{margin:6px 0!important}
.cn-run{display:inline-block;width:7px;height:7px;margin-right:6px;border-radius:50%;background:var(--cn-hue);animation:cn-pulse 1.1s ease-in-out infinite}
@keyframes cn-pulse{50%{opacity:.25}}
${CN} .cn-foot{display:flex;flex-wrap:wrap;gap:4px 14px;color:var(--cn-soft);font-size:12px;border-top:1px solid var(--cn-rule);margin-top:10px;font-variant-numeric:tabular-nums}
.cn-end>summary{list-style:none;cursor:pointer}.cn-end>summary::-webkit-details-marker{display:none}
.cn-end .cn-body{color:var(--cn-soft);font-size:12px}
${CN} .cn-fields{font-size:12.5px;overflow-wrap:anywhere}
.cn-gauge{display:inline-block;width:40px;height:5px;margin-right:6px;border-radius:3px;overflow:hidden;background:var(--cn-rule);vertical-align:2px;line-height:0}
.cn-gauge b{display:inline-block;height:5px;background:var(--cn-soft)}
${CN} .cn-path{font-size:12.5px}
${CN} .cn-hit{background:${both("#fff3c4", "#4d3d0a")};color:var(--cn-ink)}
${CN} .cn-links{margin:0;padding-left:18px}${CN} .cn-links a{color:${both("#0a5cb0", "#6cb6ff")};text-decoration:underline;overflow-wrap:anywhere}
${CN} .cn-links li:only-child{list-style:none;margin-left:-18px}
${CN} .cn-tree{font-family:${MONO};font-size:12.5px;line-height:1.5;overflow-x:auto}
${CN} .cn-node>summary{cursor:pointer}
.cn:empty{display:none}.jp-OutputArea-child:has(>.jp-OutputArea-output>.cn:empty:only-of-type){display:none}
.cn-foot i,${CN} summary>i{display:none}.cn-replay{margin-left:auto}
${CN} .cn-text>:first-child{margin-top:0}${CN} .cn-text>:last-child{margin-bottom:0}
${CN} .cn-text :is(p,ul,ol,blockquote,table){margin:6px 0}
${CN} .cn-text :is(ul,ol){padding-left:22px}
${CN} .cn-text :is(h1,h2,h3,h4,h5,h6){margin:14px 0 4px;line-height:1.3;font-weight:600}
${CN} .cn-text h1{font-size:20px}${CN} .cn-text h2{font-size:17.5px}${CN} .cn-text h3{font-size:16px}${CN} .cn-text :is(h4,h5,h6){font-size:14px}
${CN} .cn-text blockquote{border-left:3px solid var(--cn-rule);padding-left:12px;margin-left:0;color:var(--cn-soft)}
${CN} .cn-text hr{border:0;border-top:1px solid var(--cn-rule);margin:14px 0}
${CN} .cn-text a{color:${both("#0a5cb0", "#6cb6ff")};text-decoration:underline}
${CN} :is(p,li,td,th,h1,h2,h3,h4,b,.cn-prose,.cn-hints)>code{background:var(--cn-code);color:var(--cn-ink);padding:1px 5px;border-radius:4px}
${CN} .cn-text table{display:block;width:max-content;max-width:100%;overflow-x:auto;border-collapse:collapse;border:0;font-size:13px}
${CN} .cn-text :is(th,td){padding:4px 12px;border:0;border-bottom:1px solid var(--cn-rule);text-align:left;font-variant-numeric:tabular-nums}
${CN} .cn-text th{border-bottom-width:2px;font-weight:600}
${CN} .cn-text :is(tr,td,th){background:none;color:inherit}
${CN} .cn-code{position:relative;background:var(--cn-code);color:var(--cn-ink);border:1px solid var(--cn-rule);border-radius:6px;margin:8px 0}
${CN} .cn-code>pre{padding:10px 12px}
.cn-lang{position:absolute;top:1px;right:1px;padding:4px 10px;border-radius:6px;background:var(--cn-code);font-size:11px;color:var(--cn-soft);user-select:none;-webkit-user-select:none}
.cn-growing>:is(p,h1,h2,h3,h4,h5,h6):last-child::after,.cn-growing>:is(ul,ol):last-child>li:last-child::after{content:"";display:inline-block;width:7px;height:15px;margin-left:2px;background:var(--cn-soft);vertical-align:-2px}
${CN} .cn-footnote{margin:6px 0;padding-left:12px;border-left:2px solid var(--cn-rule);color:var(--cn-soft);font-size:13px}
${CN} .cn-footnote :is(p,ul,ol){margin:2px 0}
${CN} sup{font-size:11px;line-height:0;vertical-align:super}
.cn-note{color:var(--cn-soft);font-size:12px}
${CN} .cn-math>math{font-size:1rem}${CN} p>.cn-math:only-of-type>[display="block"]{overflow-x:auto;overflow-y:hidden;padding:2px 0}
.cn-image{max-width:100%;height:auto}
${codeRules}
${CN} .highlight .c1{font-style:italic}
${CN} .highlight .cn-mark span{color:inherit}
${ansiRules}
${CN} .ansi-bold{font-weight:600}
@media (prefers-reduced-motion:reduce){.cn-run{animation:none}.cn-panel>summary::before{transition:none}}
`.trim();

/** The style of a response with the hues that were chosen for this process. */
export function responseStyle(): string {
  const chosen = Object.entries(chosenHues()).map(([kind, { light, dark }]) => [kind, both(light, dark)]);
  if (chosen.length === 0) return RESPONSE_STYLE;
  return `${RESPONSE_STYLE}\n${rules((name) => `.cn-${name}`, "--cn-hue", Object.fromEntries(chosen))}`;
}
