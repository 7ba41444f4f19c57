/** The first so many characters. */
export function startOf(text: string, length: number): string {
  return text.length <= length ? text : copyOf(text.slice(0, length));
}

/** The last so many characters. */
export function endOf(text: string, length: number): string {
  return text.length <= length ? text : copyOf(text.slice(-length));
}

/** A part of a text holds on to the whole of it in V8, however long that is; a copy does not. */
function copyOf(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
