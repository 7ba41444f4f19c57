import { stripVTControlCharacters } from "node:util";

/** Controls but for tabs and ends of lines, and the characters that reorder text. */
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text for a terminal, with no escape sequence in it at all: what other programs and servers say, in lines that are ours. Lines
 * and tabs stay.
 */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replace(STEERING, "");
}
