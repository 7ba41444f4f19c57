/** Reads text in chunks as markdown-it reads a whole text: line breaks become `\n`, NUL becomes U+FFFD. */
export interface SourceReader {
  read(chunk: string): string;
}

/** A `\r` at the end of a chunk is a line break at once; a `\n` that begins the next chunk belongs to it. */
export function createSourceReader(): SourceReader {
  let endsWithReturn = false;
  return {
    read(chunk) {
      const text = endsWithReturn && chunk.startsWith("\n") ? chunk.slice(1) : chunk;
      if (chunk !== "") endsWithReturn = chunk.endsWith("\r");
      return text.replace(/\r\n?/g, "\n").replaceAll("\0", "\uFFFD");
    },
  };
}
