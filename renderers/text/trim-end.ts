/** The text without the line breaks at its end. A `\n+$` would look at each run of breaks in it once for every break of the run. */
export function trimBreaks(text: string): string {
  return trimEndOf(text, /\n/);
}

/** The text without the characters at its end that match; in time that grows with those alone. */
export function trimEndOf(text: string, character: RegExp): string {
  let end = text.length;
  while (end > 0 && character.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}
