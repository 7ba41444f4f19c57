import type { Readable } from "node:stream";

/** How many small pieces must come without a pause between them before reading waits for more, in pieces: a start and single messages pass at once. */
const PATIENT_READS = 16;

/** What counts as no pause, in milliseconds: a model that writes a hundred pieces a second leaves ten between them. */
const BUSY_GAP_MS = 4;

/** How long reading waits for more, in milliseconds: less than a person, a screen or a pipe of 64 KiB would notice. */
const GATHER_MS = 2;

/** A piece of this many bytes is not small: what comes in bulk is read as fast as it comes. */
const BULK_BYTES = 16 * 1024;

/** Reads a stream in larger pieces while it comes in many small ones. */
export interface ReadGatherer {
  /** To be called with the size of each piece that was read. */
  note(bytes: number): void;
  /** Reading goes on at once, and does not wait any more. */
  stop(): void;
}

/**
 * The CLI writes each event by itself, and a read by itself costs more than what is done with the event: system calls, a
 * buffer, an empty event loop. While events come faster than anybody sees them, the stream is paused for a moment, and the
 * next read brings all that came meanwhile.
 *
 * @param mayResume whether nothing else wants the stream to be paused.
 */
export function createReadGatherer(stream: Readable, mayResume: () => boolean): ReadGatherer {
  let inARow = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const goOn = (): void => {
    timer = undefined;
    if (mayResume()) stream.resume();
  };
  return {
    note(bytes) {
      const now = performance.now();
      inARow = bytes < BULK_BYTES && now - lastAt < BUSY_GAP_MS ? inARow + 1 : 0;
      lastAt = now;
      if (inARow < PATIENT_READS || isStopped || timer || stream.isPaused()) return;
      stream.pause();
      timer = setTimeout(goOn, GATHER_MS);
    },
    stop() {
      isStopped = true;
      if (!timer) return;
      clearTimeout(timer);
      goOn();
    },
  };
}
