import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

/** Furthest that `$` looks for its partner, in characters: keeps a text full of prices linear. */
export const MAX_INLINE_MATH = 500;

const DOLLAR = 0x24;
const BACKSLASH = 0x5c;

/**
 * Formulas: `$…$` in text, `$$…$$` in text or on lines of their own; `left-budget.ts` draws them.
 *
 * As in Pandoc, `$` opens before a character that is no blank, and closes after one, and before no digit: `$5 and $10` is
 * text. A block ends at its `$$` or, not being one then, at a blank line, so that a stray `$$` can not swallow a document.
 * @see https://pandoc.org/MANUAL.html#extension-tex_math_dollars
 */
export function addMath(md: MarkdownIt): void {
  md.inline.ruler.after("escape", "math", readInlineMath);
  md.block.ruler.before("table", "math_block", readBlockMath, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
}

function readInlineMath(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  if (src.charCodeAt(pos) !== DOLLAR) return false;
  const markup = src.charCodeAt(pos + 1) === DOLLAR ? "$$" : "$";
  const from = pos + markup.length;
  const to = findClose(src, from, Math.min(state.posMax, from + MAX_INLINE_MATH), markup);
  if (to === -1) {
    // All of `$$` is text, else its second half would be tried as an opener of its own.
    if (!silent) state.pending += markup;
    state.pos = from;
    return true;
  }
  if (!silent) {
    const token = state.push("math", "", 0);
    token.markup = markup;
    token.content = src.slice(from, to);
  }
  state.pos = to + markup.length;
  return true;
}

function findClose(src: string, from: number, max: number, markup: string): number {
  if (isBlank(src.charCodeAt(from))) return -1;
  for (
    let at = src.indexOf("$", from);
    at !== -1 && at + markup.length <= max;
    at = src.indexOf("$", at + 1)
  ) {
    const before = src.charCodeAt(at - 1);
    if (at === from || before === BACKSLASH || isBlank(before) || !src.startsWith(markup, at)) continue;
    const after = at + markup.length < max ? src.charCodeAt(at + markup.length) : -1;
    if (after !== DOLLAR && !(markup === "$" && after >= 0x30 && after <= 0x39)) return at;
  }
  return -1;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || Number.isNaN(code);
}

/** Lines from `$$` to a line that ends with `$$`. What begins so and is not closed is a paragraph. */
function readBlockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (state.sCount[startLine]! - state.blkIndent >= 4) return false;
  const first = lineText(state, startLine);
  if (!first.startsWith("$$") || first.startsWith("$$$")) return false;
  const inLine = first.indexOf("$$", 2);
  if (inLine !== -1 && (inLine === 2 || inLine !== first.length - 2)) return false;
  if (silent) return true;
  let line = startLine + 1;
  let isClosed = inLine !== -1;
  for (; !isClosed && line < endLine; line++) {
    if (state.isEmpty(line) || state.sCount[line]! < state.blkIndent) break;
    isClosed = lineText(state, line).endsWith("$$");
  }
  state.line = line;
  const lines = state.getLines(startLine, line, state.blkIndent, false).trim();
  if (isClosed) {
    const token = state.push("math_block", "", 0);
    token.map = [startLine, line];
    token.content = lines.slice(2, -2).trim();
  } else {
    state.push("paragraph_open", "p", 1).map = [startLine, line];
    const inline = state.push("inline", "", 0);
    inline.map = [startLine, line];
    inline.content = lines;
    inline.children = [];
    state.push("paragraph_close", "p", -1);
  }
  return true;
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]).trimEnd();
}
