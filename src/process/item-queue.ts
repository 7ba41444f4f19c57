/** Items that arrive at their own pace, for one reader at its own. */
export interface ItemQueue<T> extends AsyncIterable<T> {
  /** @param size what counts towards {@link ItemQueue.size}. */
  push(item: T, size?: number): void;
  /** After the items that are waiting, the reader's loop ends, or throws `error`. */
  end(error?: unknown): void;
  /** The reader's loop throws at once; items that are waiting are dropped. */
  fail(error: unknown): void;
  /** The sizes of the waiting items, together. */
  readonly size: number;
}

/** @param onTaken called after the reader took an item: the place to let a paused source go on. */
export function createItemQueue<T>(onTaken?: () => void): ItemQueue<T> {
  let waiting: { item: T; size: number }[] = [];
  let head = 0;
  let size = 0;
  let ended: { error?: unknown } | undefined;
  let wake: (() => void) | undefined;

  const notify = (): void => {
    const woken = wake;
    wake = undefined;
    woken?.();
  };
  const take = (): T => {
    const { item, size: taken } = waiting[head++]!;
    size -= taken;
    if (head === waiting.length) {
      waiting = [];
      head = 0;
    }
    return item;
  };
  const finish = (end: { error?: unknown }): void => {
    ended ??= end;
    notify();
  };

  const next = (): Promise<IteratorResult<T>> => {
    if (head < waiting.length) {
      const value = take();
      onTaken?.();
      return Promise.resolve({ done: false, value });
    }
    if (ended) {
      if ("error" in ended) return Promise.reject(ended.error);
      return Promise.resolve({ done: true, value: undefined });
    }
    return new Promise((resolve) => {
      wake = () => resolve(next());
    });
  };

  return {
    get size() {
      return size;
    },
    push(item, itemSize = 0) {
      if (ended) return;
      waiting.push({ item, size: itemSize });
      size += itemSize;
      notify();
    },
    end: (error) => finish(error === undefined ? {} : { error }),
    fail(error) {
      waiting = [];
      head = 0;
      size = 0;
      ended = { error };
      notify();
    },
    // No generator and no async function: each item would pass through two promises more.
    [Symbol.asyncIterator]: () => ({ next }),
  };
}
