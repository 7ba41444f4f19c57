import { finished, type Readable } from "node:stream";
import type { SpawnedProcess } from "./spawned-process.js";

/** How a process ended; neither for one of which nothing more can be learnt. */
export interface ChildExit {
  readonly code?: number | undefined;
  readonly signal?: string | undefined;
}

/**
 * When a process has ended, and how.
 *
 * @param onError is told of an error of the process; after it, nothing more of it can be expected.
 */
export function exitOf(child: SpawnedProcess, onError: (error: Error) => void): Promise<ChildExit> {
  return new Promise((resolve) => {
    const settle = (code: number | null, signal: string | null | undefined): void =>
      resolve({ code: code ?? undefined, signal: signal ?? undefined });
    if (child.exitCode !== null) settle(child.exitCode, child.signalCode);
    child.once("exit", settle);
    child.on("error", (error) => {
      onError(error);
      settle(child.exitCode, child.signalCode);
    });
  });
}

/** When a stream has ended, been closed or failed; at once where there is none. */
export function closeOf(stream: Readable | null | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (stream) finished(stream, { writable: false }, () => resolve());
    else resolve();
  });
}
