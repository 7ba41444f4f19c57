import { createLimiter, type Limiter, QueueFullError } from "../limit/limiter.js";
import { ServerError } from "./server-error.js";

/** Histories that one client may wait for. */
const MAX_WAITING = 8;

/** Histories that are in memory at once, over all clients: one may have tens of megabytes, and several times that while it is read. */
const MAX_AT_ONCE = 4;

/** Clients that wait for one of these places. */
const MAX_CLIENTS_WAITING = 256;

/** The places for histories, over all clients of a server. */
export function createHistoryPlaces(): Limiter {
  return createLimiter({ maxRunning: MAX_AT_ONCE, maxQueued: MAX_CLIENTS_WAITING });
}

/**
 * Reads histories for one client, one after the other.
 *
 * @returns what does such work: it should end when the client has taken what was read. Throws ServerError `queue_full` when
 * too many wait; without doing the work once `signal` fires, for nobody is there any more.
 */
export function createHistoryDesk(
  places: Limiter,
  signal: AbortSignal,
): (work: () => Promise<void>) => Promise<void> {
  const own = createLimiter({ maxRunning: 1, maxQueued: MAX_WAITING });
  return async (work) => {
    const leaveOwn = await enter(own, signal);
    if (!leaveOwn) return;
    try {
      const leave = await enter(places, signal);
      if (leave) await work().finally(leave);
    } finally {
      leaveOwn();
    }
  };
}

/** @returns what leaves the place; undefined when the client has gone. */
async function enter(limiter: Limiter, signal: AbortSignal): Promise<(() => void) | undefined> {
  try {
    return await limiter.enter(signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    if (!(error instanceof QueueFullError)) throw error;
    throw new ServerError("queue_full", "Too many requests for conversations wait already; try again later.");
  }
}
