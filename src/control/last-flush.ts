import type { TranscriptMirror } from "../session-store/mirror-transcript.js";

/** How long the store may take for the last lines of a session that was ended from here, in milliseconds; what takes longer goes on behind. */
const LAST_FLUSH_PATIENCE_MS = 3_000;

/** The last lines of a session on their way to its store. */
export interface LastFlush {
  /** Sends them; resolves when the store has them, or nobody waits for it any more. */
  begin(): Promise<void>;
  /** Does something when the store has them, or has been given up; waits for it as `begin` does. */
  after(work: () => Promise<void> | undefined): Promise<void>;
  /** Waits no longer than a while for what waits for the store. */
  hurry(ended: Promise<unknown>): Promise<void>;
}

/** @param mirror undefined for a session without a store. */
export function createLastFlush(mirror: TranscriptMirror | undefined): LastFlush {
  let flush = Promise.resolve();
  let stopWaiting = (): void => {};
  const isEnough = new Promise<void>((resolve) => {
    stopWaiting = resolve;
  });
  return {
    begin() {
      if (mirror) flush = mirror.flush();
      return Promise.race([flush, isEnough]);
    },
    after(work) {
      const done = flush.then(work);
      done.catch(() => {});
      return Promise.race([done, isEnough]);
    },
    async hurry(ended) {
      const patience = setTimeout(() => {
        stopWaiting();
        mirror?.goOnBehind();
      }, LAST_FLUSH_PATIENCE_MS);
      await ended;
      clearTimeout(patience);
    },
  };
}
