import { log } from "../log.js";

/** The parts of Node's own class for signals that are used. */
interface SignalHandle {
  onsignal: () => void;
  start(signal: number): number;
  unref(): void;
}

const SIGTERM = 15;

/**
 * Calls back at SIGTERM on this thread. Node tells `process.on` on the main thread only, between two events, so a kernel whose
 * cell loops would never hear; libuv itself tells every thread that asks. `process.binding` is the only way to it.
 */
export function hearSigterm(onSigterm: () => void): void {
  if (process.platform === "win32") return;
  const { noDeprecation } = process as { noDeprecation?: boolean };
  try {
    Object.assign(process, { noDeprecation: true });
    const { binding } = process as unknown as { binding(name: string): { Signal: new () => SignalHandle } };
    const { Signal } = binding("signal_wrap");
    const handle = new Signal();
    handle.unref();
    handle.onsignal = onSigterm;
    handle.start(SIGTERM);
  } catch (error) {
    // A later Node may take it away: an idle kernel still hears, and Jupyter kills those that do not.
    log(`SIGTERM is not heard while a cell's code runs: ${error}`);
  } finally {
    Object.assign(process, { noDeprecation });
  }
}
