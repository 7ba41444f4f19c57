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

/** Pause before another try when a subscriber's queue is full (EAGAIN of a `noDrop` publisher), in ms. */
const RETRY_MS = 2;

/** Queues frames for a socket, because zeromq.js allows one send in flight per socket. */
export function createOutbox(socket: FrameSink, isClosing: () => boolean): Outbox {
  let queue: { frames: Uint8Array[]; onSent: (() => void) | undefined }[] = [];
  let writing: Promise<void> | undefined;

  const sendOne = async (frames: Uint8Array[]): Promise<void> => {
    for (;;) {
      try {
        return await socket.send(frames);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN" || isClosing()) {
          if (!isClosing()) log(`A message could not be sent: ${error}`);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  };

  const write = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      for (const { frames, onSent } of batch) {
        await sendOne(frames);
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
