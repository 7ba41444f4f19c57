import type { MarkdownIt, StateBlock, StateCore, StateInline, Token } from "markdown-it";
import { escapeHtml } from "../html/escape.js";

/** `[^label]: text` at the start of a block; the label has neither blanks nor brackets. */
const DEFINITION = /^\[\^([^\s[\]]{1,100})\]:/;
const REFERENCE = /\[\^([^\s[\]]{1,100})\]/y;

/**
 * Footnotes, each where it was written, under the label it was given. GitHub moves notes to the end and numbers them, for
 * which it must have the whole text; this way an answer that is being written never changes above.
 *
 * A note is kept among the link definitions (`env.references`), under a key that no link can have, so that text before it
 * is drawn again when it comes.
 */
export function addFootnotes(md: MarkdownIt): void {
  md.block.ruler.before("reference", "footnote", readNote, { alt: ["paragraph", "reference"] });
  md.inline.ruler.before("link", "footnote_mark", readMark);
  md.core.ruler.push("footnote_labels", putLabels);
  const { rules } = md.renderer;
  rules.footnote_open = () => '<div class="cn-footnote">\n';
  rules.footnote_close = () => "</div>\n";
  rules.footnote_mark = (tokens, i) => `<sup>${escapeHtml(tokens[i]!.content)}</sup>`;
}

function referenceKey(md: MarkdownIt, label: string): string {
  return `\0${md.utils.normalizeReference(label)}`;
}

function readNote(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (state.sCount[startLine]! - state.blkIndent >= 4) return false;
  const start = state.bMarks[startLine]! + state.tShift[startLine]!;
  const found = DEFINITION.exec(state.src.slice(start, Math.min(state.eMarks[startLine]!, start + 110)));
  if (!found) return false;
  if (silent) return true;
  const label = found[1]!;
  const key = referenceKey(state.md, label);
  state.env.references ??= {};
  state.env.references[key] ??= { href: "", title: "" };
  const open = state.push("footnote_open", "div", 1);
  const lines: [number, number] = [startLine, 0];
  open.map = lines;
  open.meta = { label: key };
  open.content = label;
  readContent(state, startLine, endLine, start + found[0].length);
  lines[1] = state.line;
  state.push("footnote_close", "div", -1);
  return true;
}

/** The blocks of a note: what follows the colon, and lines after it that are indented by four. */
function readContent(state: StateBlock, startLine: number, endLine: number, from: number): void {
  const { bMarks, tShift, sCount, parentType } = state;
  const old = [bMarks[startLine]!, tShift[startLine]!, sCount[startLine]!] as const;
  const initial = old[2] + from - (old[0] + old[1]);
  let offset = initial;
  let at = from;
  for (; at < state.eMarks[startLine]!; at++) {
    const code = state.src.charCodeAt(at);
    if (code === 0x09) offset += 4 - (offset % 4);
    else if (code === 0x20) offset++;
    else break;
  }
  bMarks[startLine] = from;
  tShift[startLine] = at - from;
  state.blkIndent += 4;
  sCount[startLine] = offset - initial + state.blkIndent;
  state.parentType = "blockquote";
  state.md.block.tokenize(state, startLine, endLine);
  state.parentType = parentType;
  state.blkIndent -= 4;
  [bMarks[startLine], tShift[startLine], sCount[startLine]] = old;
}

function readMark(state: StateInline, silent: boolean): boolean {
  REFERENCE.lastIndex = state.pos;
  const found = state.src.charCodeAt(state.pos) === 0x5b ? REFERENCE.exec(state.src) : null;
  if (!found || REFERENCE.lastIndex > state.posMax) return false;
  if (!state.env.references?.[referenceKey(state.md, found[1]!)]) return false;
  if (!silent) state.push("footnote_mark", "", 0).content = found[1]!;
  state.pos += found[0].length;
  return true;
}

/** Puts each note's label at the start of its first paragraph, or before its first block of another kind. */
function putLabels(state: StateCore): void {
  for (let i = 0; i < state.tokens.length; i++) {
    const note = state.tokens[i]!;
    if (note.type !== "footnote_open") continue;
    const inline = state.tokens[i + 2];
    if (state.tokens[i + 1]?.type === "paragraph_open" && inline?.children) {
      inline.children.unshift(labelToken(state, note), blankToken(state));
    } else state.tokens.splice(i + 1, 0, labelToken(state, note));
  }
}

function labelToken(state: StateCore, note: Token): Token {
  const token = new state.Token("footnote_mark", "", 0);
  token.content = note.content;
  return token;
}

function blankToken(state: StateCore): Token {
  const token = new state.Token("text", "", 0);
  token.content = " ";
  return token;
}
