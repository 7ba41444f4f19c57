/**
 * Least time between two updates on average, in milliseconds. The limit is 20 a second (JupyterLab stays at 60 frames a
 * second with 500 KB at that rate); 60 ms keeps room below it for the flush that ends a response.
 */
export const UPDATE_INTERVAL_MS = 60;

/** Clock and timers; replaced in tests. */
export interface Clock {
  now(): number;
  /** Calls back once after `delayMs`; returns what cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Coalesces requests to send. */
export interface UpdateSchedule {
  /** Something changed: sends now if the pace allows, else at the next moment it does. */
  request(): void;
  /** Sends at once, whatever the pace; for the end of a response or of its cell. */
  flush(): void;
}

/**
 * Calls `send` at most once per {@link UPDATE_INTERVAL_MS} for each message it sends: two outputs at once wait twice as
 * long. The first request goes out immediately. A loop that never returns to the event loop is served too, since
 * `request` itself looks at the clock.
 *
 * @param send sends what changed and returns the number of messages it took.
 */
export function createUpdateSchedule(send: () => number, clock: Clock = systemClock): UpdateSchedule {
  let nextAt = Number.NEGATIVE_INFINITY;
  let cancelTimer: (() => void) | undefined;

  const flush = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    const sent = send();
    nextAt = clock.now() + UPDATE_INTERVAL_MS * Math.max(1, sent);
  };

  return {
    flush,
    request() {
      const waitMs = nextAt - clock.now();
      if (waitMs <= 0) flush();
      else cancelTimer ??= clock.after(waitMs, flush);
    },
  };
}
