import { log } from "../log.js";

export interface HeapGuardOptions {
  /** The most the main thread's heap may grow to, in bytes. */
  readonly limit: number;
  /** Whether a cell runs. The heap can also be filled by what a cell has left behind, a timer for instance. */
  isRunning(): boolean;
  /** The heap is nearly full. */
  onFull(reason: string): void;
}

/** How often the size of the process is looked at, in ms; it costs 10 µs. */
const INTERVAL_MS = 100;
/** How often a large heap is measured while no cell runs and the process does not change its size, in ms. */
const IDLE_INTERVAL_MS = 2000;
/** What counts as such a change, in bytes. */
const CHANGE_BYTES = 1024 ** 2;
/** Share of the limit that the process must have before the heap itself is measured. */
const SUSPICIOUS = 0.5;
/**
 * Part of the limit that is for young objects, in bytes: three semi-spaces, of 16 MB each, since Node 24 of 64 MB. V8 gives
 * up when the old ones fill the rest.
 */
const YOUNG_BYTES = 3 * (Number.parseInt(process.versions.node, 10) >= 24 ? 64 : 16) * 1024 ** 2;
/** Share of that rest at which V8 is about to give up: it ends the process on the spot, and nobody could say why. */
const FULL = 0.92;

/** Watches for code that fills the JavaScript heap, so that the kernel can say what it dies of. */
export function guardHeap({ limit, isRunning, onFull }: HeapGuardOptions): void {
  let isMeasuring = false;
  let last = { rss: 0, at: 0 };
  const isDue = (): boolean => {
    const now = { rss: process.memoryUsage.rss(), at: performance.now() };
    if (now.rss < SUSPICIOUS * limit) return false;
    const isQuiet = !isRunning() && Math.abs(now.rss - last.rss) < CHANGE_BYTES;
    if (isQuiet && now.at - last.at < IDLE_INTERVAL_MS) return false;
    last = now;
    return true;
  };
  const timer = setInterval(async () => {
    if (isMeasuring || !isDue()) return;
    isMeasuring = true;
    try {
      const used = await measureHeap();
      if (used < FULL * (limit - YOUNG_BYTES)) return;
      clearInterval(timer);
      onFull(
        `The JavaScript heap is out of memory: ${toMB(used)} of ${toMB(limit)} MB are in use. ` +
          "NODE_OPTIONS=--max-old-space-size=MEGABYTES in the kernel's environment sets the limit.",
      );
    } catch (error) {
      log(`The heap could not be measured: ${error}`);
      clearInterval(timer);
    } finally {
      isMeasuring = false;
    }
  }, INTERVAL_MS);
}

/** Bytes in use on the main thread; the inspector gets an answer also from one that loops. */
async function measureHeap(): Promise<number> {
  const { Session } = await import("node:inspector/promises");
  const session = new Session();
  session.connectToMainThread();
  try {
    // Node's types do not know what it answers.
    const usage = (await session.post("Runtime.getHeapUsage")) as unknown as { readonly usedSize: number };
    return usage.usedSize;
  } finally {
    session.disconnect();
  }
}

function toMB(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
