/** ES2026: arrays of what comes asynchronously. */
interface ArrayConstructor {
  /** An array of the items, awaited one after the other. */
  fromAsync<T>(
    items: AsyncIterable<T> | Iterable<T | PromiseLike<T>> | ArrayLike<T | PromiseLike<T>>,
  ): Promise<T[]>;
  /** An array of what `mapFn` makes of the items, awaited one after the other. */
  fromAsync<T, U>(
    items: AsyncIterable<T> | Iterable<T> | ArrayLike<T>,
    mapFn: (value: Awaited<T>, index: number) => U,
    thisArg?: unknown,
  ): Promise<Awaited<U>[]>;
}
