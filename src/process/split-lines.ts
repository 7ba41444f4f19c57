/** The byte of "\n"; no other UTF-8 character contains it, so lines can be cut before they are decoded. */
const NEWLINE = 0x0a;

/**
 * The longest line that is accepted, in bytes: V8 holds no string over 512 MiB, and messages of the CLI (images, whole
 * files) stay well under this.
 */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

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
      const lines: string[] = [];
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      let start = 0;
      for (;;) {
        const newline = bytes.indexOf(NEWLINE, start);
        if (newline === -1) break;
        if (pendingBytes === 0 && newline - start <= maxBytes) {
          // Nearly every line comes whole: fifty thousand of them are not to make garbage of three buffers each.
          lines.push(withoutReturn(bytes.toString("utf8", start, newline)));
        } else {
          keep(bytes.subarray(start, newline));
          lines.push(take());
        }
        start = newline + 1;
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
