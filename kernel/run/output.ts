import { type SharedState, slot } from "../io/shared-state.js";
import type { Publish } from "../io/thread-messages.js";
import type { Json } from "../io/wire.js";

export type StreamName = "stdout" | "stderr";

/** What cells show, on its way to the I/O thread: in order, in few messages, in bounded memory. */
export interface Output {
  /** Text on a stream of a cell; sent soon. */
  write(cell: string | undefined, name: StreamName, text: string): void;
  /** Any other message; the text written before it goes out first. */
  publish(cell: string | undefined, messageType: string, content: Json, extra?: PublishExtra): void;
  /** Sends the text that waits. */
  flush(): void;
}

export interface PublishExtra {
  readonly metadata?: Json | undefined;
  readonly buffers?: readonly Uint8Array[] | undefined;
}

/** Text is sent when this much waits, in UTF-16 units: half a thousand lines. */
const FLUSH_LENGTH = 64 * 1024;
/**
 * Text waits for more no longer than this, in ms. In a synchronous loop no timer fires; there each write looks at the
 * clock, and at twice this time since the last message the text goes out at once.
 */
const FLUSH_MS = 25;
/** Longest text of one message; a longer one is split, so that no client has to swallow it in one piece. */
const MAX_LENGTH = 1024 * 1024;
/** Output that may wait for the sockets before the main thread waits too, in KiB. */
const MAX_OUTSTANDING_KB = 16 * 1024;
/** Longest such wait, in steps of {@link WAIT_STEP_MS}: a client that has gone must not stop the cell for ever. */
const MAX_WAIT_STEPS = 100;
/** Between two steps an interrupt can end the wait, in ms. */
const WAIT_STEP_MS = 100;

export function createOutput(post: (message: Publish) => void, shared: SharedState): Output {
  const waiting = { cell: undefined as string | undefined, name: "stdout" as StreamName, text: "" };
  let flushedAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const send = (message: Omit<Publish, "type" | "costKb">): void => {
    const costKb = costOf(message);
    Atomics.add(shared, slot.outstandingKb, costKb);
    post({ type: "publish", ...message, costKb });
    for (let step = 0; step < MAX_WAIT_STEPS; step++) {
      const outstanding = Atomics.load(shared, slot.outstandingKb);
      if (outstanding <= MAX_OUTSTANDING_KB) return;
      Atomics.wait(shared, slot.outstandingKb, outstanding, WAIT_STEP_MS);
    }
  };

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { cell, name, text } = waiting;
    if (text === "") return;
    waiting.text = "";
    flushedAt = performance.now();
    for (let start = 0; start < text.length; ) {
      const end = splitPoint(text, start + MAX_LENGTH);
      send({ parent: cell, messageType: "stream", content: { name, text: text.slice(start, end) } });
      start = end;
    }
  };

  return {
    flush,
    write(cell, name, text) {
      if (waiting.name !== name || waiting.cell !== cell) flush();
      waiting.cell = cell;
      waiting.name = name;
      waiting.text += text;
      const isDue = performance.now() - flushedAt > 2 * FLUSH_MS;
      if (waiting.text.length >= FLUSH_LENGTH || isDue) flush();
      else timer ??= setTimeout(flush, FLUSH_MS);
    },
    publish(cell, messageType, content, extra = {}) {
      flush();
      send({ parent: cell, messageType, content, ...extra });
    },
  };
}

/** Does not split a character outside the BMP in two. */
function splitPoint(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? at - 1 : at;
}

/** About what a message weighs, in KiB; exact for what is big: text, MIME bundles and buffers. */
function costOf({ content, buffers = [] }: Pick<Publish, "content" | "buffers">): number {
  const texts = [
    ...Object.values(content),
    ...Object.values((content.data as Json | null | undefined) ?? {}),
  ];
  const characters = texts.reduce<number>(
    (sum, each) => sum + (typeof each === "string" ? each.length : 0),
    0,
  );
  const bytes = buffers.reduce((sum, each) => sum + each.byteLength, 0);
  return 1 + ((characters + bytes) >> 10);
}
