import type { Readable, Writable } from "node:stream";

/** A connection to a browser that was started with `--remote-debugging-pipe`. */
export interface BrowserPipe {
  /**
   * Calls a method of the protocol.
   *
   * @throws Error what the browser answers, or that the connection has ended.
   */
  call(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>;
  /** Resolves with the next event of that name; rejects when the connection ends before it. */
  next(event: string): Promise<void>;
}

interface Waiting {
  resolve(result: Record<string, unknown>): void;
  reject(error: Error): void;
}

/**
 * Speaks the DevTools protocol over two pipes: messages are JSON, each ended by a zero byte.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export function connectBrowserPipe(input: Writable, output: Readable): BrowserPipe {
  const calls = new Map<number, Waiting>();
  const events = new Map<string, Waiting[]>();
  let lastId = 0;
  let ended: Error | undefined;

  const receive = (text: string): void => {
    const { id, method, result = {}, error } = JSON.parse(text);
    if (id === undefined) {
      for (const waiting of events.get(method) ?? []) waiting.resolve({});
      events.delete(method);
      return;
    }
    const call = calls.get(id);
    calls.delete(id);
    if (error) call?.reject(new Error(String(error.message)));
    else call?.resolve(result);
  };
  const end = (error: Error): void => {
    ended ??= error;
    for (const waiting of [...calls.values(), ...[...events.values()].flat()]) waiting.reject(ended);
    calls.clear();
    events.clear();
  };

  let pieces: string[] = [];
  output.setEncoding("utf8").on("data", (chunk: string) => {
    const [first = "", ...others] = chunk.split("\0");
    pieces.push(first);
    for (const piece of others) {
      receive(pieces.join(""));
      pieces = [piece];
    }
  });
  output.on("close", () => end(new Error("the browser has ended")));
  for (const stream of [input, output]) stream.on("error", end);

  const wait = (place: (waiting: Waiting) => void) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      if (ended) reject(ended);
      else place({ resolve, reject });
    });
  return {
    call: (method, params = {}, sessionId = undefined) =>
      wait((waiting) => {
        const id = ++lastId;
        calls.set(id, waiting);
        input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
    next: async (event) => {
      await wait((waiting) => events.set(event, [...(events.get(event) ?? []), waiting]));
    },
  };
}
