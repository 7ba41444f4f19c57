import type { PromptItem } from "./prompt.js";

/** A stream of prompts that can be read more than once: an attempt that fails must send again what it has sent. */
export interface PromptSource {
  /** Reads from the first prompt on, in place of the reader before; ending it leaves the stream open. */
  read(): AsyncIterator<PromptItem>;
  /** No further reader comes: prompts are let go once they are read. */
  forget(): void;
  /** Tells the stream that no more prompts are wanted; does not wait for it. */
  close(): void;
}

export function createPromptSource(prompts: AsyncIterable<PromptItem>): PromptSource {
  const iterator = prompts[Symbol.asyncIterator]();
  let items: PromptItem[] = [];
  let isDone = false;
  let isKept = true;
  /** How many prompts the latest reader has read, and which reader that is. */
  let index = 0;
  let latest = 0;
  /** One for all readers: a prompt that an attempt waited for in vain belongs to the next. */
  let coming: Promise<void> | undefined;

  const fetch = async (): Promise<void> => {
    try {
      const next = await iterator.next();
      if (next.done) isDone = true;
      else items.push(next.value);
    } finally {
      coming = undefined;
    }
  };
  const letGo = (): void => {
    if (isKept) return;
    items = items.slice(index);
    index = 0;
  };

  return {
    read() {
      const own = ++latest;
      index = 0;
      return {
        async next() {
          while (own === latest && index === items.length && !isDone) {
            coming ??= fetch();
            await coming;
          }
          if (own !== latest || index === items.length) return { done: true, value: undefined };
          const value = items[index++]!;
          letGo();
          return { done: false, value };
        },
      };
    },
    forget() {
      isKept = false;
      letGo();
    },
    close() {
      // Nobody waits for it: the stream may never come back.
      iterator.return?.().catch(() => {});
    },
  };
}
