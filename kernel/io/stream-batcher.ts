import type { StreamText } from "./thread-messages.js";

/** Joins the small writes of cells to few messages. */
export interface StreamBatcher {
  write(text: StreamText): void;
  /** Sends what waits: before any other message, so that the order stays. */
  flush(): void;
}

/** Text is sent when this much waits, in UTF-16 units: about a thousand lines. */
const FLUSH_LENGTH = 64 * 1024;
/**
 * Text waits for more no longer than this, in ms; what comes first after a pause of twice this does not wait here (main-port.ts
 * looks for text in steps of its own).
 */
const FLUSH_MS = 25;
/** Longest text of one message, in UTF-16 units: no client should have to swallow 100 MB in one piece. */
const MAX_LENGTH = 1024 * 1024;

/**
 * Works on the I/O thread, so that text goes out while a cell's synchronous code runs, also the last line before a long
 * silence: the main thread hands over each write at once (2 µs).
 */
export function createStreamBatcher(send: (text: StreamText) => void): StreamBatcher {
  let waiting: StreamText | undefined;
  let flushedAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    const { text, cost, ...rest } = waiting;
    waiting = undefined;
    flushedAt = performance.now();
    for (let start = 0; start < text.length; ) {
      const end = splitPoint(text, start + MAX_LENGTH);
      send({ ...rest, text: text.slice(start, end), cost: end === text.length ? cost : 0 });
      start = end;
    }
  };

  return {
    flush,
    write(batch) {
      if (waiting && (waiting.name !== batch.name || waiting.parent !== batch.parent)) flush();
      waiting = waiting
        ? { ...waiting, text: waiting.text + batch.text, cost: waiting.cost + batch.cost }
        : batch;
      const isDue = performance.now() - flushedAt > 2 * FLUSH_MS;
      if (waiting.text.length >= FLUSH_LENGTH || isDue) flush();
      else timer ??= setTimeout(flush, FLUSH_MS);
    },
  };
}

/** Does not split a character outside the BMP in two. */
function splitPoint(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? at - 1 : at;
}
