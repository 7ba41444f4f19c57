/** The byte of "\n"; no other UTF-8 character contains it, so lines can be cut before they are decoded. */
const NEWLINE = 0x0a;

/**
 * The longest line that is accepted, in bytes: V8 holds no string over 512 MiB, and messages of the CLI (images, whole
 * files) stay well under this.
 */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

/** How much is decoded in one piece, in bytes; a pipe gives at most 64 KiB at a time, another stream may give anything. */
const DECODED_AT_ONCE = 1024 * 1024;

/** A line longer than is accepted. */
export class LineTooLongError extends Error {
  override readonly name = "LineTooLongError";
  /** The first bytes of the line, decoded. */
  readonly beginning: string;

  constructor(beginning: string, maxBytes: number) {
    super(`A line is longer than ${maxBytes} bytes.`);
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

export function createLineSplitter(maxBytes = MAX_LINE_BYTES): LineSplitter {
  // Kept as they came and joined once, so that a line of 50 MB costs no more than its length.
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;

  const take = (): string => {
    const line = Buffer.concat(pending, pendingBytes).toString("utf8");
    pending = [];
    pendingBytes = 0;
    return withoutReturn(line);
  };
  const keep = (bytes: Uint8Array): void => {
    pending.push(bytes);
    pendingBytes += bytes.length;
    if (pendingBytes > maxBytes) {
      throw new LineTooLongError(Buffer.from(pending[0]!).toString("utf8"), maxBytes);
    }
  };

  return {
    push(chunk) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      const lines: string[] = [];
      let start = 0;
      // One by one what began in an earlier chunk, and what may be too long.
      while (pendingBytes > 0 || bytes.length - start > DECODED_AT_ONCE || bytes.length - start > maxBytes) {
        const newline = bytes.indexOf(NEWLINE, start);
        if (newline === -1) break;
        keep(bytes.subarray(start, newline));
        lines.push(take());
        start = newline + 1;
      }
      const end = pendingBytes > 0 ? -1 : bytes.lastIndexOf(NEWLINE);
      if (end >= start) {
        // All the others at once: fifty thousand of them are not to be fifty thousand calls into Node.
        for (const line of bytes.toString("utf8", start, end).split("\n")) lines.push(withoutReturn(line));
        start = end + 1;
      }
      if (start < bytes.length) keep(bytes.subarray(start));
      return lines;
    },
    end: () => (pendingBytes > 0 ? take() : undefined),
  };
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
