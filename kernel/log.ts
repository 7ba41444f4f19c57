import { writeSync } from "node:fs";

/**
 * Writes a line for whoever started the kernel (a terminal, the server's log), never to the notebook.
 * Goes to the descriptor, because `process.stderr` belongs to the cells; works on every thread.
 */
export function log(message: string): void {
  try {
    writeSync(2, `[claude-notebook] ${message}\n`);
  } catch {
    // The reader of our stderr has gone or is slow: a log line is not worth an error in the notebook.
  }
}
