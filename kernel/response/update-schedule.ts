/**
 * Least time between two updates on average, in milliseconds. The limit is 20 a second (JupyterLab stays at 60 frames a
 * second with 500 KB at that rate); 60 ms keeps room below it for the flush that ends a response.
 */
export const UPDATE_INTERVAL_MS = 60;

/**
 * Time without a request after which everything is sent, in milliseconds: when Claude pauses, the reader sees all there is.
 */
export const IDLE_MS = 1_000;

/** Clock and timers; replaced in tests. */
export interface Clock {
  now(): number;
  /** Calls back once after `delayMs`; returns what cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
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
 * @param send sends what changed and returns the number of messages it took; everything when `all` is true, else it may
 * leave out what is not worth sending yet.
 */
export function createUpdateSchedule(
  send: (all: boolean) => number,
  clock: Clock = systemClock,
): UpdateSchedule {
  let nextAt = Number.NEGATIVE_INFINITY;
  let requestedAt = 0;
  let cancelTimer: (() => void) | undefined;
  let cancelIdle: (() => void) | undefined;

  const sendNow = (all: boolean): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    const sent = send(all);
    nextAt = clock.now() + UPDATE_INTERVAL_MS * Math.max(1, sent);
  };
  /** One timer for a burst of requests: it looks when it fires how long ago the last one was. */
  const watchIdle = (delayMs: number): void => {
    cancelIdle = clock.after(delayMs, () => {
      cancelIdle = undefined;
      const quietMs = clock.now() - requestedAt;
      if (quietMs >= IDLE_MS) sendNow(true);
      else watchIdle(IDLE_MS - quietMs);
    });
  };

  return {
    flush() {
      cancelIdle?.();
      cancelIdle = undefined;
      sendNow(true);
    },
    request() {
      requestedAt = clock.now();
      if (!cancelIdle) watchIdle(IDLE_MS);
      const waitMs = nextAt - requestedAt;
      if (waitMs <= 0) sendNow(false);
      else cancelTimer ??= clock.after(waitMs, () => sendNow(false));
    },
  };
}
