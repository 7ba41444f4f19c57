import type { BlockParser } from "./block-parser.js";

/** Text at the end of a paragraph that is never split off, in characters: marks may still form there. */
const MARGIN = 24;
/** Shortest text that is split off, and shortest paragraph that is looked at. */
const MIN_PIECE = 100;
const MIN_TEXT = 200;
const MAX_TRIES = 6;

/** Finds where the start of a paragraph can be split off. Not finding a place is dear, so it waits for more text then. */
export interface SplitFinder {
  /** Length of a prefix of `text` that stands by itself and ends with a blank; undefined when there is none (yet). */
  find(text: string): number | undefined;
}

export function createSplitFinder(parser: BlockParser): SplitFinder {
  let nextLength = 0;
  return {
    find(text) {
      if (text.length < Math.max(nextLength, MIN_TEXT + MARGIN)) return undefined;
      let at = text.length - MARGIN;
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        at = lastPlainBlank(text, at);
        if (at < MIN_PIECE) break;
        const prefix = text.slice(0, at + 1);
        if (prefix.includes("|")) break;
        const line = prefix.lastIndexOf("\n");
        // The parser will not see how this line began: it must not be able to begin a block.
        if (line !== -1 && !/^[A-Za-z]/.test(prefix.slice(line + 1))) at = line - 1;
        else if (parser.inlineIsClosed(prefix)) {
          nextLength = 0;
          return prefix.length;
        } else at -= 40;
      }
      nextLength = Math.ceil(text.length * 1.25) + MIN_PIECE;
      return undefined;
    },
  };
}

/** The last single blank between two characters, at `from` or before. */
function lastPlainBlank(text: string, from: number): number {
  for (let at = text.lastIndexOf(" ", from); at > 0; at = text.lastIndexOf(" ", at - 1)) {
    if (!/[\s\\]/.test(text[at - 1]!) && !/\s/.test(text[at + 1] ?? " ")) return at;
  }
  return -1;
}
