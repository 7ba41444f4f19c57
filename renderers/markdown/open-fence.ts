import { createCodeStream } from "../code/code-stream.js";
import { knownLanguage } from "../code/languages.js";
import type { BlockParser } from "./block-parser.js";
import { fenceLabel } from "./markdown.js";
import { type Block, type OpenRegion, openBlock } from "./open-region.js";

/** How the HTML of a fence ends. */
const CLOSE = "</pre></div>\n";

/** An opener in the first column. One that holds `|` may still become the header of a table. */
const OPENER = /^(`{3,}(?!`)|~{3,}(?!~))([^|\n]*)\n/;

/** Longest fence that is drawn whole whenever its last line looks like its end, in characters. */
const MAX_DRAWN_OFTEN = 8_000;

const BLANK = /^[ \t]*$/;

/**
 * A fence that is being written: it is never split again, and each complete line is coloured once. Text is exact; colours of
 * the open fence may differ from those of the whole, which it gets when it closes.
 */
export function createOpenFence(parser: BlockParser, source: string): OpenRegion | undefined {
  const opener = OPENER.exec(source);
  const empty = opener ? parser.render(parser.parse(opener[0])) : "";
  if (!opener || !empty.endsWith(CLOSE)) return undefined;
  const marks = opener[1]!;
  const closer = new RegExp(`^ {0,3}${marks[0]}{${marks.length},}[ \\t]*$`);
  const code = createCodeStream(knownLanguage(fenceLabel(opener[2]!)));
  const block: Block = openBlock("");
  const put = (html: string): void => {
    if (html !== "") block.pieces.push({ html, render: () => html });
  };
  put(empty.slice(0, -CLOSE.length));
  let done = opener[0];
  let rest = source.slice(done.length);
  /** The fence as it is when its last line stays as it is: a closer. */
  let closed: Block | undefined;
  let drawnLength = 0;

  // Lines that begin like a closer and are none may be many: a large fence is drawn whole only after it has grown.
  const isWorthDrawing = (): boolean => {
    if (done.length > MAX_DRAWN_OFTEN && done.length < drawnLength * 1.125) return false;
    drawnLength = done.length;
    return true;
  };
  const whole = (text: string): Block => {
    const html = parser.render(parser.parse(text));
    return { pieces: [{ html, render: () => html }], tail: "" };
  };
  return {
    take(text) {
      rest += text;
    },
    pending: () => rest.length - (rest.lastIndexOf("\n") + 1),
    blocks: () => [closed ?? block],
    finish: () => [whole(done + rest)],
    update() {
      parser.countWork(rest.length);
      let from = 0;
      for (let end = rest.indexOf("\n"); end !== -1; end = rest.indexOf("\n", from)) {
        if (closer.test(rest.slice(from, end))) {
          return { type: "closed", final: [whole(done + rest.slice(0, end + 1))], rest: rest.slice(end + 1) };
        }
        from = end + 1;
      }
      put(code.append(rest.slice(0, from)));
      done += rest.slice(0, from);
      rest = rest.slice(from);
      closed = closer.test(rest) && isWorthDrawing() ? whole(done + rest) : undefined;
      block.tail = code.rest(BLANK.test(rest) || closer.test(rest) ? "" : rest) + CLOSE;
      return { type: "open", final: [] };
    },
  };
}
