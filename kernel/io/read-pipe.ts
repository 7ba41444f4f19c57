import { readSync } from "node:fs";

/** As much as a pipe holds. */
const buffer = new Uint8Array(64 * 1024);
/** A writer that goes on is not waited for. */
const MAX_READS = 4;

/** What stands in a pipe of output-pipes.ts now, without waiting. */
export function readPipe(fd: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  while (chunks.length < MAX_READS) {
    const length = readNow(fd);
    if (length === 0) break;
    chunks.push(buffer.slice(0, length));
    // Another look would cost an exception.
    if (length < buffer.length) break;
  }
  return chunks;
}

function readNow(fd: number): number {
  try {
    return readSync(fd, buffer);
  } catch (error) {
    // The pipe is open without waiting (libuv made it so): nothing is there.
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return 0;
    throw error;
  }
}
