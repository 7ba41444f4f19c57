import type { MessageSocket } from "./outbox.js";
import type { ServerLimits } from "./server-options.js";

/** The messages without a number to one connection. They wait while much is in its socket, as those of its stream do. */
export interface ReplyQueue {
  /** Where the stream of the client goes: behind the replies that wait. */
  readonly socket: MessageSocket;
  /** Resolves once the text has left this process, or never will. */
  send(text: string): Promise<void>;
  /** The connection is gone; nobody waits any more. */
  close(): void;
}

interface Reply {
  readonly text: string;
  done(): void;
}

/**
 * @param onStall called when the client has taken nothing for too long, with replies waiting.
 * @param onRoom called when the client has taken something: the stream may go on.
 */
export function createReplyQueue(
  connection: MessageSocket,
  limits: Pick<ServerLimits, "maxBufferedBytes" | "stallMs">,
  onStall: () => void,
  onRoom: () => void,
): ReplyQueue {
  const waiting: Reply[] = [];
  const underway = new Set<Reply>();
  let stall: NodeJS.Timeout | undefined;

  const watch = (): void => {
    clearTimeout(stall);
    stall = undefined;
    if (waiting.length + underway.size === 0) return;
    stall = setTimeout(onStall, limits.stallMs);
    stall.unref();
  };
  const progress = (): void => {
    flush();
    watch();
    onRoom();
  };
  const flush = (): void => {
    while (connection.isOpen && connection.bufferedAmount < limits.maxBufferedBytes) {
      const reply = waiting.shift();
      if (!reply) return;
      underway.add(reply);
      connection.send(reply.text, () => {
        underway.delete(reply);
        reply.done();
        progress();
      });
    }
  };

  return {
    socket: {
      get bufferedAmount() {
        return waiting.length > 0 ? Number.POSITIVE_INFINITY : connection.bufferedAmount;
      },
      get isOpen() {
        return connection.isOpen;
      },
      send: (text, done) =>
        connection.send(text, () => {
          done();
          progress();
        }),
    },
    send(text) {
      if (!connection.isOpen) return Promise.resolve();
      return new Promise((done) => {
        waiting.push({ text, done });
        flush();
        if (stall === undefined) watch();
      });
    },
    close() {
      clearTimeout(stall);
      for (const { done } of [...underway, ...waiting.splice(0)]) done();
      underway.clear();
    },
  };
}
