import { TextDecoder } from "node:util";
import type { StreamName } from "../io/thread-messages.js";

type WriteCallback = (error?: Error | null) => void;

/** Makes `process.stdout` and `process.stderr`, and with them the console, write to the cells. */
export function captureStreams(write: (name: StreamName, text: string) => void): void {
  for (const name of ["stdout", "stderr"] as const) {
    keepBlocking(process[name]);
    // A character may come in two chunks.
    const decoder = new TextDecoder();
    const toText = (chunk: string | Uint8Array, encoding: BufferEncoding | undefined): string => {
      if (typeof chunk !== "string") return decoder.decode(chunk, { stream: true });
      const isText = encoding === undefined || /^(utf-?8|utf-?16le|ucs-?2)$/i.test(encoding);
      return isText ? chunk : decoder.decode(Buffer.from(chunk, encoding), { stream: true });
    };
    process[name].write = (
      chunk: string | Uint8Array,
      encodingOrCallback?: BufferEncoding | WriteCallback,
      callback?: WriteCallback,
    ): boolean => {
      const encoding = typeof encodingOrCallback === "string" ? encodingOrCallback : undefined;
      const done = typeof encodingOrCallback === "function" ? encodingOrCallback : callback;
      write(name, toText(chunk, encoding));
      if (done) process.nextTick(done);
      return true;
    };
  }
}

/**
 * Node makes a pipe on descriptor 1 or 2 non-blocking as soon as `process.stdout` is looked at, for all who share it:
 * native code and child processes would lose what they write to a full one.
 */
function keepBlocking(stream: object): void {
  (stream as { _handle?: { setBlocking?(on: boolean): void } })._handle?.setBlocking?.(true);
}
