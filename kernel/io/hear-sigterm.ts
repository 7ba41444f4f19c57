import { createRequire } from "node:module";
import { log } from "../log.js";

/** The parts of Node's own class for signals that are used. */
interface SignalHandle {
  onsignal: () => void;
  start(signal: number): number;
  unref(): void;
}

/** What a thread must be started with to hear SIGTERM; code on other threads sees nothing of it. */
export const SIGTERM_NODE_FLAGS = ["--expose-internals", "--disable-warning=internal/test/binding"] as const;

const SIGTERM = 15;

/**
 * Calls back at SIGTERM on this thread. Node tells `process.on` on the main thread only, between two events, so a kernel whose
 * cell loops would never hear; libuv tells every thread that asks. To that there is no public way.
 */
export function hearSigterm(onSigterm: () => void): void {
  if (process.platform === "win32") return;
  try {
    const { internalBinding } = createRequire(import.meta.url)("internal/test/binding") as {
      internalBinding(name: string): { Signal: new () => SignalHandle };
    };
    const { Signal } = internalBinding("signal_wrap");
    const handle = new Signal();
    handle.unref();
    handle.onsignal = onSigterm;
    handle.start(SIGTERM);
  } catch (error) {
    // A later Node may take it away: an idle kernel still hears, and Jupyter kills those that do not.
    log(`SIGTERM is not heard while a cell's code runs: ${error}`);
  }
}
