/** The byte of "\n"; no other UTF-8 character contains it, so lines can be cut before they are decoded. */
const NEWLINE = 0x0a;

/**
 * The longest line that is accepted, in bytes: V8 holds no string over 512 MiB, and messages of the CLI (images, whole
 * files) stay well under this.
 */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

/** A line longer than {@link MAX_LINE_BYTES}. */
export class LineTooLongError extends Error {
  override readonly name = "LineTooLongError";
  /** The first bytes of the line, decoded. */
  readonly beginning: string;

  constructor(beginning: string) {
    super(`A line is longer than ${MAX_LINE_BYTES} bytes.`);
    this.beginning = beginning;
  }
}

/** Cuts a stream of bytes into lines. Chunks may end anywhere, also inside a character. */
export interface LineSplitter {
  /** Returns the lines that this chunk completes. @throws LineTooLongError */
  push(chunk: Uint8Array): string[];
  /** Returns what came after the last newline, or undefined. */
  end(): string | undefined;
}

export function createLineSplitter(): LineSplitter {
  // Kept as they came and joined once, so that a line of 50 MB costs no more than its length.
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;

  const take = (): string => {
    const line = Buffer.concat(pending, pendingBytes).toString("utf8");
    pending = [];
    pendingBytes = 0;
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  };
  const keep = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    pending.push(bytes);
    pendingBytes += bytes.length;
    if (pendingBytes > MAX_LINE_BYTES) throw new LineTooLongError(Buffer.from(pending[0]!).toString("utf8"));
  };

  return {
    push(chunk) {
      const lines: string[] = [];
      let start = 0;
      for (;;) {
        const newline = chunk.indexOf(NEWLINE, start);
        if (newline === -1) break;
        keep(chunk.subarray(start, newline));
        lines.push(take());
        start = newline + 1;
      }
      keep(chunk.subarray(start));
      return lines;
    },
    end: () => (pendingBytes > 0 ? take() : undefined),
  };
}
