/** ES2024: a promise and what settles it. */
interface PromiseConstructor {
  /** A promise with the functions that settle it. */
  withResolvers<T>(): PromiseWithResolvers<T>;
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>;
  resolve: (value: T | PromiseLike<T>) => void;
  // biome-ignore lint/suspicious/noExplicitAny: as the standard library types it
  reject: (reason?: any) => void;
}
