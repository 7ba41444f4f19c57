import { isPidAlive } from "../../src/process/is-pid-alive.js";

/** How often the kernel looks for its parent, in ms. */
const INTERVAL_MS = 1000;
const INIT_PID = 1;

/**
 * Calls `onOrphaned` when the process that the kernel belongs to is gone: the one that Jupyter names in JPY_PARENT_PID, which may
 * have started it through another that has ended since; without that, the kernel's parent. It runs on the I/O thread, so
 * that a kernel whose cell loops for ever ends too.
 *
 * @param owner JPY_PARENT_PID. One that is not there belongs to another machine or container and tells nothing.
 */
export function guardAgainstOrphaning(
  parentPid: number,
  onOrphaned: () => void,
  owner = Number(process.env.JPY_PARENT_PID),
): void {
  const isOwned = Number.isInteger(owner) && owner > INIT_PID && owner !== parentPid && isPidAlive(owner);
  // Started by init, as the first program of a container does: an orphan would look the same, and init takes all with it.
  if (!isOwned && parentPid === INIT_PID) return;
  // The system gives an orphan another parent, which is how it shows; on Windows only the parent's absence does.
  const isThere = isOwned
    ? () => isPidAlive(owner)
    : () => process.ppid === parentPid && isPidAlive(parentPid);
  const timer = setInterval(() => {
    if (isThere()) return;
    clearInterval(timer);
    onOrphaned();
  }, INTERVAL_MS);
}
