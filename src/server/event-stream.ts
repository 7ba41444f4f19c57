import { PassThrough, type Readable } from "node:stream";

/** Messages as server-sent events. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface EventStream {
  readonly readable: Readable;
  write(message: { readonly type: string }): void;
  /** Resolves when the client has taken what was written. */
  room(): Promise<void>;
  end(): void;
}

/** @param stallMs how long the client may take nothing before its connection is cut. */
export function createEventStream(stallMs: number): EventStream {
  const stream = new PassThrough();
  let seq = 0;
  return {
    readable: stream,
    write(message) {
      if (stream.destroyed) return;
      const numbered = { ...message, seq: ++seq };
      // JSON has no line breaks, which would end the event.
      stream.write(`id: ${seq}\nevent: ${message.type}\ndata: ${JSON.stringify(numbered)}\n\n`);
    },
    room() {
      if (stream.destroyed || !stream.writableNeedDrain) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(() => stream.destroy(), stallMs);
        const go = (): void => {
          clearTimeout(timer);
          stream.off("drain", go);
          stream.off("close", go);
          resolve();
        };
        stream.once("drain", go);
        stream.once("close", go);
      });
    },
    end: () => void stream.end(),
  };
}
