import type { KernelMessage } from "../../renderers/live/live-protocol.js";
import type { Clock } from "../response/update-schedule.js";

/**
 * Least time between two comm messages in milliseconds: 13 a second, below the 30 that leave room for a cell's own output.
 * Jupyter wraps each message in 700 bytes, so that more of them would weigh as much as what they bring.
 */
export const SEND_INTERVAL_MS = 75;

/** Puts what is to be said into few messages. */
export interface LiveSender {
  /** Something changed, or this is to be said: goes out at the next moment that the pace allows. */
  request(...messages: readonly KernelMessage[]): void;
  /** Resolves when everything requested so far has gone out. */
  flushed(): Promise<void>;
}

/**
 * @param collect what changed since it was last asked; asked right before sending, so that waiting coalesces.
 * @param send puts one message on the wire.
 */
export function createLiveSender(
  collect: () => readonly KernelMessage[],
  send: (messages: readonly KernelMessage[]) => void,
  clock: Clock,
): LiveSender {
  let queue: KernelMessage[] = [];
  let nextAt = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;
  let waiting: (() => void)[] = [];

  const sendNow = (): void => {
    cancel?.();
    cancel = undefined;
    // Deltas first: an end comes after the last of them.
    const messages = [...collect(), ...queue];
    queue = [];
    if (messages.length > 0) {
      nextAt = clock.now() + SEND_INTERVAL_MS;
      send(messages);
    }
    for (const resolve of waiting.splice(0)) resolve();
  };

  return {
    request(...messages) {
      queue.push(...messages);
      const waitMs = nextAt - clock.now();
      // A loop that never returns to the event loop is served here.
      if (waitMs <= 0) sendNow();
      else cancel ??= clock.after(waitMs, sendNow);
    },
    flushed() {
      if (!cancel) return Promise.resolve();
      return new Promise((resolve) => {
        waiting = [...waiting, resolve];
      });
    },
  };
}
