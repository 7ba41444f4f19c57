/**
 * The protocol counts characters in Unicode code points, JavaScript in UTF-16 units.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#cursor-pos-unicode-note
 */

/** UTF-16 offset of the character with this index; the end of the text if there is none. */
export function toUtf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  let left = codePoints;
  for (const character of text) {
    if (left-- <= 0) break;
    offset += character.length;
  }
  return offset;
}

/** Number of characters before this UTF-16 offset. */
export function toCodePoints(text: string, offset: number): number {
  let count = 0;
  for (const _ of text.slice(0, offset)) count++;
  return count;
}
