import type { MarkdownIt, StateBlock } from "markdown-it";
import { escapeHtml } from "../html/escape.js";

/**
 * Most levels that blocks nest; a quote is one, a list two. markdown-it drops what stands deeper than `maxNesting` (100) without a
 * word, and with it what follows: a text could show the reader less than it says.
 */
const MAX_LEVEL = 98;

/** Block rule: what nests too deep is shown as it was written, with a note. */
export function addDeepText(md: MarkdownIt): void {
  md.block.ruler.before("math_block", "deep_text", readDeepText);
  md.renderer.rules.deep_text = (tokens, i) =>
    `<p>${NOTE}<span style="white-space:pre-wrap">${escapeHtml(tokens[i]!.content)}</span></p>\n`;
}

const NOTE = '<span class="cn-note">(nested too deep to be drawn, so shown as it was written:)</span> ';

function readDeepText(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (state.level < MAX_LEVEL || silent) return false;
  let line = startLine;
  while (line < endLine && (state.isEmpty(line) || state.sCount[line]! >= state.blkIndent)) line++;
  const token = state.push("deep_text", "p", 0);
  token.map = [startLine, line];
  token.content = state.getLines(startLine, line, state.blkIndent, false).trim();
  state.line = line;
  return true;
}
