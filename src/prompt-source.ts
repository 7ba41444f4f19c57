import type { PromptItem } from "./prompt.js";

/** A stream of prompts that can be read more than once: an attempt that fails must send again what it has sent. */
export interface PromptSource {
  /** Reads from the first prompt on; ending it leaves the stream open. */
  read(): AsyncIterator<PromptItem>;
  /** Tells the stream that no more prompts are wanted; does not wait for it. */
  close(): void;
}

export function createPromptSource(prompts: AsyncIterable<PromptItem>): PromptSource {
  const iterator = prompts[Symbol.asyncIterator]();
  const items: PromptItem[] = [];
  let isDone = false;
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

  return {
    read() {
      let index = 0;
      return {
        async next() {
          while (index === items.length) {
            if (isDone) return { done: true, value: undefined };
            coming ??= fetch();
            await coming;
          }
          return { done: false, value: items[index++]! };
        },
      };
    },
    close() {
      // Nobody waits for it: the stream may never come back.
      iterator.return?.().catch(() => {});
    },
  };
}
