/** Keeps the end of a text that may be endless. */
export interface BoundedTail {
  push(chunk: string): void;
  readonly text: string;
}

/** @param maxLength in UTF-16 units; up to twice as much is held meanwhile. */
export function createBoundedTail(maxLength: number): BoundedTail {
  let text = "";
  return {
    push(chunk) {
      text += chunk;
      if (text.length > 2 * maxLength) text = text.slice(-maxLength);
    },
    get text() {
      return text.slice(-maxLength);
    },
  };
}
