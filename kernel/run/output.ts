import { MAX_OUTSTANDING, type SharedState, slot } from "../io/shared-state.js";
import type { FromMain, StreamName } from "../io/thread-messages.js";
import type { Json } from "../io/wire.js";

/** What cells show, on its way to the I/O thread: in order and in bounded memory. */
export interface Output {
  /** Text on a stream of a cell. */
  write(cell: string | undefined, name: StreamName, text: string): void;
  /** Any other message. */
  publish(cell: string | undefined, messageType: string, content: Json, extra?: PublishExtra): void;
}

export interface PublishExtra {
  readonly metadata?: Json | undefined;
  readonly buffers?: readonly Uint8Array[] | undefined;
}

/** Longest such wait, in steps of {@link WAIT_STEP_MS}: a client that has gone must not stop the cell for ever. */
const MAX_WAIT_STEPS = 100;
/** Between two steps an interrupt can end the wait, in ms. */
const WAIT_STEP_MS = 100;
/** Roughly what a message weighs beside its content, in bytes. */
const MESSAGE_COST = 200;

export function createOutput(post: (message: FromMain) => void, shared: SharedState): Output {
  const send = (message: FromMain & { readonly cost: number }): void => {
    Atomics.add(shared, slot.outstanding, message.cost);
    post(message);
    for (let step = 0; step < MAX_WAIT_STEPS; step++) {
      const outstanding = Atomics.load(shared, slot.outstanding);
      if (outstanding <= MAX_OUTSTANDING) return;
      Atomics.wait(shared, slot.outstanding, outstanding, WAIT_STEP_MS);
    }
  };
  return {
    write(parent, name, text) {
      if (text !== "") send({ type: "write", parent, name, text, cost: text.length });
    },
    publish(parent, messageType, content, extra = {}) {
      send({ type: "publish", parent, messageType, content, ...extra, cost: costOf(content, extra.buffers) });
    },
  };
}

/** About what a message weighs, in bytes; right for what can be big: text, MIME bundles and buffers. */
function costOf(content: Json, buffers: readonly Uint8Array[] = []): number {
  const texts = [
    ...Object.values(content),
    ...Object.values((content.data as Json | null | undefined) ?? {}),
  ];
  const characters = texts.reduce<number>(
    (sum, each) => sum + (typeof each === "string" ? each.length : 0),
    0,
  );
  return buffers.reduce((sum, each) => sum + each.byteLength, characters + MESSAGE_COST);
}
