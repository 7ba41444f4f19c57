import katex from "katex";
import { escapeHtml } from "../html/escape.js";
import { staysInPlace } from "./math-place.js";
import { rememberLast } from "./remember.js";

/** Longest formula that is set, in characters; a longer one is shown as source. */
const MAX_FORMULA = 2_000;

/**
 * KaTeX without its own markup: MathML, which browsers draw without fonts or a style sheet. Nothing in a formula may load or
 * link (`trust: false`); macros can not grow without end, no size is larger than 5 em,
 * and nothing is moved far from its place (`math-place.ts`).
 * @see https://katex.org/docs/options
 */
const KATEX = { output: "mathml", throwOnError: true, strict: "ignore", trust: false, errorColor: "#cc0001", maxSize: 5, maxExpand: 500 } as const; // biome-ignore format: one line

const setFormula = rememberLast(200, (key): string => {
  const displayMode = key.startsWith("$$");
  const source = displayMode ? key.slice(2) : key.slice(1);
  if (source.length > MAX_FORMULA) return "";
  try {
    const html = katex.renderToString(source, { ...KATEX, displayMode });
    // A command that it does not trust is drawn as its name in this colour, without what stands in it.
    if (html.includes(KATEX.errorColor)) return "";
    const math = withoutWrapping(/<math[\s\S]*<\/math>/.exec(html)?.[0] ?? "");
    return staysInPlace(math, source) ? math : "";
  } catch (error) {
    // KaTeX's own error says that the source is no formula (any other would be a fault of ours): the source is shown.
    if (error instanceof katex.ParseError || error instanceof RangeError) return "";
    throw error;
  }
});

/** HTML needs no name space, and no `<semantics>` around one form of the formula alone. */
function withoutWrapping(math: string): string {
  return math
    .replace(/<annotation [\s\S]*?<\/annotation>/, "")
    .replace(/<\/?semantics>/g, "")
    .replace(/ xmlns="[^"]*"/, "");
}

/**
 * The HTML of a formula: MathML, and its source for where MathML is dropped. JupyterLab strips `<math>` and `hidden` in
 * untrusted notebooks: there the source is what is read, and the letters that are left of the MathML have no size. Hosts that
 * drop the style too, as GitHub does, show both, with a blank between.
 *
 * @param isDisplay true for `$$…$$`
 */
export function mathHtml(source: string, isDisplay: boolean): string {
  const marks = isDisplay ? "$$" : "$";
  const shown = escapeHtml(`${marks}${source}${marks}`);
  const math = setFormula(marks + source);
  if (math === "") return `<code class="cn-math-source">${shown}</code>`;
  const sized = math.replace("<math", '<math style="font-size:1rem"');
  return `<span class="cn-math" style="font-size:0">${sized} </span><code class="cn-math-source" hidden>${shown}</code>`;
}
