import type { ServerLimits } from "./server-options.js";

/** The part of a WebSocket that messages go out through. */
export interface MessageSocket {
  readonly bufferedAmount: number;
  readonly isOpen: boolean;
  /** @param done called once the text has left this process, or never will. */
  send(text: string, done: () => void): void;
}

/** The numbered messages of one client: sent in order, kept for a while, sent again to a client that comes back. */
export interface Outbox {
  /** The number of the last message, from 1; 0 before the first. */
  readonly lastSeq: number;
  /** Bytes that are kept. */
  readonly bytes: number;
  /** Gives a message the next number and sends it as soon as the client takes it. */
  send(message: object): void;
  /** Resolves when the client has taken enough that more may be sent: whoever produces messages waits for it. */
  room(): Promise<void>;
  /** Whether all messages after the one of this number are still there. */
  keepsAfter(seq: number): boolean;
  /** Goes on with another connection. @param after the number of the last message that the client has. */
  attach(socket: MessageSocket, after: number): void;
  /** The client has taken something else that went before: what waits may be sent. */
  resume(): void;
  detach(): void;
  /** Drops what is kept longer than it needs to be. */
  trim(): void;
  /** The client has all messages up to this one. From the first call on, nothing is dropped that it has not. */
  acknowledge(seq: number): void;
  /** Nobody will read any more; whoever waits for room goes on. */
  close(): void;
}

interface Kept {
  readonly seq: number;
  readonly text: string;
  readonly atMs: number;
}

type OutboxLimits = Pick<ServerLimits, "keptBytes" | "maxBufferedBytes" | "stallMs" | "resumeMs">;

/** @param onStall called when the client has taken nothing for too long, with much waiting. */
export function createOutbox(limits: OutboxLimits, onStall: () => void): Outbox {
  /** In the order of their numbers, without gaps; those before `head` are dropped. */
  let kept: Kept[] = [];
  let head = 0;
  let bytes = 0;
  let unsentBytes = 0;
  let lastSeq = 0;
  let sentSeq = 0;
  let acknowledged: number | undefined;
  let socket: MessageSocket | undefined;
  let closed = false;
  let waiting: (() => void)[] = [];
  let stall: NodeJS.Timeout | undefined;

  const oldestSeq = (): number => kept[head]?.seq ?? lastSeq + 1;
  const hasRoom = (): boolean => {
    if (closed) return true;
    // A client that acknowledges is sent no more than is kept for it, so that it can always come back.
    const held = acknowledged === undefined ? unsentBytes : bytes;
    return held < limits.keptBytes && (socket === undefined || sentSeq === lastSeq);
  };

  /** Drops what the client has, and of what was sent to one that does not say so, what is too much or too old. */
  const trim = (): void => {
    const now = performance.now();
    for (let oldest = kept[head]; oldest; oldest = kept[head]) {
      const { seq, text, atMs } = oldest;
      const hasIt = seq <= (acknowledged ?? sentSeq);
      const isSpare = acknowledged !== undefined || bytes > limits.keptBytes || now - atMs > limits.resumeMs;
      if (!hasIt || !isSpare) break;
      bytes -= text.length;
      head++;
    }
    // Now and then, so that dropping costs the same however many are kept.
    if (head * 2 <= kept.length) return;
    kept = kept.slice(head);
    head = 0;
  };

  const progress = (): void => {
    clearTimeout(stall);
    stall = undefined;
    trim();
    if (hasRoom()) {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    } else watch();
  };
  const watch = (): void => {
    if (socket === undefined || stall !== undefined) return;
    stall = setTimeout(onStall, limits.stallMs);
    stall.unref();
  };

  const flush = (): void => {
    const current = socket;
    if (!current?.isOpen) return;
    while (sentSeq < lastSeq && current.bufferedAmount < limits.maxBufferedBytes) {
      const { seq, text } = kept[head + sentSeq + 1 - oldestSeq()]!;
      sentSeq = seq;
      unsentBytes -= text.length;
      current.send(text, () => {
        if (socket !== current) return;
        flush();
        progress();
      });
    }
  };

  return {
    get lastSeq() {
      return lastSeq;
    },
    get bytes() {
      return bytes;
    },
    send(message) {
      if (closed) return;
      const text = JSON.stringify({ ...message, seq: ++lastSeq });
      kept.push({ seq: lastSeq, text, atMs: performance.now() });
      bytes += text.length;
      unsentBytes += text.length;
      trim();
      flush();
    },
    room() {
      if (hasRoom()) return Promise.resolve();
      watch();
      return new Promise((resolve) => waiting.push(resolve));
    },
    keepsAfter: (seq) => seq <= lastSeq && seq >= oldestSeq() - 1,
    attach(next, after) {
      socket = next;
      sentSeq = after;
      unsentBytes = 0;
      for (let i = head + after + 1 - oldestSeq(); i < kept.length; i++) unsentBytes += kept[i]!.text.length;
      flush();
      progress();
    },
    resume() {
      flush();
      progress();
    },
    detach() {
      socket = undefined;
      clearTimeout(stall);
      stall = undefined;
      if (hasRoom()) progress();
    },
    trim,
    acknowledge(seq) {
      acknowledged = Math.max(acknowledged ?? 0, Math.min(seq, sentSeq));
      progress();
    },
    close() {
      closed = true;
      socket = undefined;
      kept = [];
      head = bytes = unsentBytes = 0;
      clearTimeout(stall);
      for (const wake of waiting.splice(0)) wake();
    },
  };
}
