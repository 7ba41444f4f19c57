import { setTimeout as sleep, setImmediate as yieldToEvents } from "node:timers/promises";
import { log } from "../log.js";

/** What an outbox needs of a ZeroMQ socket. */
export interface FrameSink {
  send(frames: Uint8Array[]): Promise<void>;
}

/** The only writer of a socket. */
export interface Outbox {
  /** Sends after everything pushed before; `onSent` runs when the socket has taken the frames. */
  push(frames: Uint8Array[], onSent?: () => void): void;
  /** Resolves when everything pushed so far has been sent. */
  drained(): Promise<void>;
}

export interface OutboxOptions {
  isClosing(): boolean;
  /** Sends to those only who have room, when somebody has had none for {@link OutboxOptions.stallMs}. */
  sendToReady?(frames: Uint8Array[]): Promise<void>;
  /** @defaultValue {@link STALL_MS} */
  readonly stallMs?: number;
}

/** Longest time in which nothing can be sent because one client takes nothing, in ms. */
const STALL_MS = 10_000;
/** Tries before the pauses begin: a client that reads makes room within one turn of the event loop or two. */
const EAGER_TRIES = 8;
/** Pause before another try when a subscriber's queue is full (EAGAIN of a `noDrop` publisher), in ms. */
const RETRY_MS = 2;

/** Queues frames for a socket, because zeromq.js allows one send in flight per socket. */
export function createOutbox(
  socket: FrameSink,
  { isClosing, sendToReady, stallMs = STALL_MS }: OutboxOptions,
): Outbox {
  let queue: { frames: Uint8Array[]; onSent: (() => void) | undefined }[] = [];
  let writing: Promise<void> | undefined;

  const sendWithoutStalled = async (frames: Uint8Array[]): Promise<void> => {
    log(`A client has taken no output for ${stallMs} ms: it misses what comes until it reads again.`);
    await sendToReady?.(frames);
  };

  const sendOne = async (frames: Uint8Array[]): Promise<void> => {
    let since: number | undefined;
    for (let tries = 1; ; tries++) {
      try {
        return await socket.send(frames);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN" || isClosing()) throw error;
        since ??= performance.now();
        if (sendToReady && performance.now() - since > stallMs) return sendWithoutStalled(frames);
        await (tries < EAGER_TRIES ? yieldToEvents() : sleep(RETRY_MS));
      }
    }
  };

  const write = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      for (const { frames, onSent } of batch) {
        await sendOne(frames).catch((error: unknown) => {
          if (!isClosing()) log(`A message could not be sent: ${error}`);
        });
        onSent?.();
      }
    }
    writing = undefined;
  };

  return {
    push(frames, onSent) {
      queue.push({ frames, onSent });
      writing ??= write();
    },
    async drained() {
      while (writing) await writing;
    },
  };
}
