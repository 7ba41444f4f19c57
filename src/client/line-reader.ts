import type { TurnLine } from "../turn.js";

/** Reads a session's lines one at a time; a line that was only awaited is not lost. */
export interface LineReader {
  /** Resolves, without taking it, when there is a line (true) or the session has ended (false). @throws what ended it */
  ready(): Promise<boolean>;
  /** Takes the next line; undefined when the session has ended. */
  take(): Promise<TurnLine | undefined>;
}

export function createLineReader(lines: AsyncIterable<TurnLine>): LineReader {
  const iterator = lines[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<TurnLine>> | undefined;
  const peek = (): Promise<IteratorResult<TurnLine>> => {
    next ??= iterator.next();
    return next;
  };
  return {
    ready: async () => !(await peek()).done,
    async take() {
      const result = await peek();
      // A session that has ended stays so.
      if (!result.done) next = undefined;
      return result.done ? undefined : result.value;
    },
  };
}
