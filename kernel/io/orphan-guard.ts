/** How often the kernel looks for its parent, in ms. */
const INTERVAL_MS = 1000;
const INIT_PID = 1;

/**
 * Calls `onOrphaned` when the process that started the kernel is gone. It runs on the I/O thread, so that a kernel whose
 * cell loops for ever ends too. The system gives an orphan another parent, which is how it shows.
 */
export function guardAgainstOrphaning(parentPid: number, onOrphaned: () => void): void {
  // Started by init, as the first program of a container does: an orphan would look the same, and init takes all with it.
  if (parentPid === INIT_PID) return;
  const timer = setInterval(() => {
    if (process.ppid === parentPid && isAlive(parentPid)) return;
    clearInterval(timer);
    onOrphaned();
  }, INTERVAL_MS);
}

/** On Windows the parent's id never changes; there only its absence shows. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
