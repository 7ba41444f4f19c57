import { writeSync } from "node:fs";
import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";

/** Key under which the threads that are started later find the descriptor. */
const DESCRIPTOR = "claude-notebook:log";

/** Makes {@link log} write to this descriptor, here and on threads that are started later. */
export function setLogDescriptor(descriptor: number): void {
  setEnvironmentData(DESCRIPTOR, descriptor);
}

/**
 * Writes a line for whoever started the kernel (a terminal, the server's log), never to the notebook.
 * Goes to the descriptor, because `process.stderr` belongs to the cells; works on every thread.
 */
export function log(message: string): void {
  try {
    writeSync((getEnvironmentData(DESCRIPTOR) as number | undefined) ?? 2, `[claude-notebook] ${message}\n`);
  } catch {
    // The reader of our stderr has gone or is slow: a log line is not worth an error in the notebook.
  }
}
