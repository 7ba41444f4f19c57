import { readPipe } from "../io/read-pipe.js";
import { MAX_OUTSTANDING, type SharedState, slot } from "../io/shared-state.js";
import type { TextWriter } from "../io/text-ring.js";
import type { FromMain, PipeDescriptors, StreamName, TextMark } from "../io/thread-messages.js";
import type { Json } from "../io/wire.js";
import { toJsonText } from "./json-text.js";

/** What cells show, on its way to the I/O thread: in order and in bounded memory. */
export interface Output {
  /** Text on a stream of a cell. */
  write(cell: string | undefined, name: StreamName, text: string): void;
  /** Any other message. @throws TypeError when JSON cannot carry its content: a BigInt, a circle. */
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
/**
 * After so long without output, in ms, somebody else may have written to descriptor 1 or 2: no child process comes and goes in
 * less. What they wrote is then taken here, since the I/O thread could not tell what was written before it.
 */
const PAUSE_MS = 0.5;
const NOTHING = new Uint8Array(0);
/** Roughly what a message weighs beside its content, in bytes. */
const MESSAGE_COST = 200;

/** Hands a message to the I/O thread, in its order with the text. */
export type PostToIo = (message: FromMain | TextMark) => void;

export interface OutputOptions {
  readonly post: PostToIo;
  readonly text: TextWriter;
  readonly shared: SharedState;
  readonly pipes: PipeDescriptors | undefined;
}

export function createOutput({ post, text: writer, shared, pipes }: OutputOptions): Output {
  /** Whose text the I/O thread takes the shared memory's for. */
  let owner: { readonly parent: string | undefined; readonly name: StreamName } | undefined;

  let wroteAt = performance.now();

  const waitForRoom = (): void => {
    for (let step = 0; step < MAX_WAIT_STEPS; step++) {
      const outstanding = Atomics.load(shared, slot.outstanding);
      if (outstanding <= MAX_OUTSTANDING) return;
      Atomics.wait(shared, slot.outstanding, outstanding, WAIT_STEP_MS);
    }
  };
  const takePiped = (): void => {
    if (!pipes || performance.now() - wroteAt <= PAUSE_MS) return;
    // First of stderr: only there it may have lingered, while the I/O thread holds its first byte.
    for (const bytes of [...readPipe(pipes.stderr), NOTHING]) post({ type: "piped", name: "stderr", bytes });
    for (const bytes of readPipe(pipes.stdout)) post({ type: "piped", name: "stdout", bytes });
  };
  const send = (message: FromMain & { readonly cost: number }): void => {
    Atomics.add(shared, slot.outstanding, message.cost);
    post(message);
    waitForRoom();
  };
  return {
    write(parent, name, text) {
      if (text === "") return;
      if (owner?.parent !== parent || owner?.name !== name) {
        owner = { parent, name };
        post({ type: "stream", ...owner });
      }
      takePiped();
      const cost = text.length;
      if (writer.write(text)) {
        Atomics.add(shared, slot.outstanding, cost);
        if (writer.mustWake()) post({ type: "text" });
        waitForRoom();
      } else send({ type: "write", parent, name, text, cost });
      wroteAt = performance.now();
    },
    publish(parent, messageType, content, { metadata, buffers = [] } = {}) {
      // Here, where the user's own call can still throw: the I/O thread serves all cells.
      const text = toJsonText(content, messageType);
      const cost = buffers.reduce((sum, each) => sum + each.byteLength, text.length + MESSAGE_COST);
      takePiped();
      const extra = { buffers, ...(metadata && { metadata: toJsonText(metadata, messageType) }) };
      send({ type: "publish", parent, messageType, content: text, ...extra, cost });
      wroteAt = performance.now();
    },
  };
}
