import createMarkdownIt from "markdown-it";
import type { Part, TextPart } from "../../renderers/response/parts.js";

/**
 * Size of the first pieces in characters, and how much longer each is than the one before: short ones cost little to send
 * again, but a cell shows only so many outputs. 24 pieces hold 200 KB.
 */
const FIRST_PIECE_CHARS = 1_200;
const GROWTH = 1.15;

/** Most pieces of one text; the last one takes the rest. */
const MAX_PIECES = 24;

/** How a line begins that starts a block of its own after an empty line, whatever stands before it, but a fence. */
const PLAIN_START = /^(?:#{1,6} \S|[A-Za-z*"'(\u00c0-\u024f](?![-*_ ]{2}))/;

/**
 * What a block could share with other blocks: labels of links and notes, defined in one place and used in another. A text
 * is not parted before one, so that each piece reads alone as it does in the whole.
 */
const LABEL = /\[(?![ xX]\])[^[\]\n]*\](?!\()/;

const md = createMarkdownIt({ html: false });

/** A long text that streams, parted where finished blocks end, so that the finished ones need not be sent again. */
export interface TextPieces {
  /**
   * The part as pieces in order: all but the last are final and keep their identity. One piece for most texts.
   *
   * @param mayPart whether there is room for one more piece.
   */
  partsOf(part: TextPart, mayPart: () => boolean): readonly Part[];
}

export function createTextPieces(): TextPieces {
  const frozen: TextPart[] = [];
  let source = "";
  let triedAt = 0;
  let last: TextPart | undefined;
  let lastSource: TextPart | undefined;

  const freeze = (part: TextPart, text: string): void => {
    frozen.push({ id: idOf(part, frozen.length), type: "text", state: "done", text });
    source += text;
    triedAt = 0;
  };
  return {
    partsOf(part, mayPart) {
      // A text that was corrected begins anew; one that the API took back is one fold.
      if (part.retracted || !part.text.startsWith(source)) {
        frozen.length = 0;
        source = "";
      }
      while (part.state === "streaming" && frozen.length < MAX_PIECES - 1) {
        const open = part.text.slice(source.length);
        const size = FIRST_PIECE_CHARS * GROWTH ** frozen.length;
        if (open.length < size * 1.1 || open.length < triedAt * 1.2 || !mayPart()) break;
        const end = findEnd(open, size);
        if (end === undefined) triedAt = open.length;
        if (end === undefined) break;
        freeze(part, open.slice(0, end));
      }
      if (frozen.length === 0) return [part];
      if (lastSource !== part || !last) {
        last = { ...part, id: idOf(part, frozen.length), text: part.text.slice(source.length) };
        lastSource = part;
      }
      return last.text === "" ? frozen.slice() : [...frozen, last];
    },
  };
}

function idOf({ id }: TextPart, index: number): string {
  return index === 0 ? id : `${id}.${index + 1}`;
}

/**
 * Where the first block after `size` characters begins, or the last one before; undefined when the text cannot be parted.
 * The line is complete, and markdown-it agrees that a block of the document itself begins there.
 */
function findEnd(text: string, size: number): number | undefined {
  const label = LABEL.exec(withoutCode(text))?.index ?? text.length;
  const starts: { line: number; at: number }[] = [];
  let line = 0;
  let at = 0;
  let isAfterBlank = false;
  for (;;) {
    const end = text.indexOf("\n", at);
    if (end === -1) break;
    const content = text.slice(at, end);
    if (isAfterBlank && PLAIN_START.test(content) && at <= label) starts.push({ line, at });
    isAfterBlank = content.trim() === "";
    at = end + 1;
    line++;
  }
  if (starts.length === 0) return undefined;
  const blocks = new Set(
    md.parse(text, {}).flatMap(({ level, map }) => (level === 0 && map ? [map[0]] : [])),
  );
  const ends = starts
    .filter((start) => start.at > size / 4 && blocks.has(start.line))
    .map((start) => start.at);
  return ends.findLast((end) => end <= size) ?? ends[0];
}

/** The text with code blanked out, every character in its place. */
function withoutCode(text: string): string {
  const blank = (code: string): string => code.replace(/[[\]]/g, " ");
  return text
    .replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1[`~]*[ \t]*$|(?![\s\S]))/gm, blank)
    .replace(/`[^`\n]+`/g, blank);
}
