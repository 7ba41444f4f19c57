/** ES2023: changes of an array as copies. */
interface Array<T> {
  /** A reversed copy. */
  toReversed(): T[];
  /** A sorted copy. */
  toSorted(compareFn?: (a: T, b: T) => number): T[];
  /** A copy in which items are removed and others put in their place. */
  toSpliced(start: number, deleteCount: number, ...items: T[]): T[];
  /** A copy without the items from `start` on, or without `deleteCount` of them. */
  toSpliced(start: number, deleteCount?: number): T[];
  /** A copy in which one item is another. */
  with(index: number, value: T): T[];
  /** The last item that satisfies the predicate. */
  findLast<S extends T>(
    predicate: (value: T, index: number, array: T[]) => value is S,
    thisArg?: unknown,
  ): S | undefined;
  findLast(predicate: (value: T, index: number, array: T[]) => unknown, thisArg?: unknown): T | undefined;
  /** The index of the last item that satisfies the predicate, or -1. */
  findLastIndex(predicate: (value: T, index: number, array: T[]) => unknown, thisArg?: unknown): number;
}

interface ReadonlyArray<T> {
  /** A reversed copy. */
  toReversed(): T[];
  /** A sorted copy. */
  toSorted(compareFn?: (a: T, b: T) => number): T[];
  /** A copy in which items are removed and others put in their place. */
  toSpliced(start: number, deleteCount: number, ...items: T[]): T[];
  /** A copy without the items from `start` on, or without `deleteCount` of them. */
  toSpliced(start: number, deleteCount?: number): T[];
  /** A copy in which one item is another. */
  with(index: number, value: T): T[];
  /** The last item that satisfies the predicate. */
  findLast(
    predicate: (value: T, index: number, array: readonly T[]) => unknown,
    thisArg?: unknown,
  ): T | undefined;
  /** The index of the last item that satisfies the predicate, or -1. */
  findLastIndex(
    predicate: (value: T, index: number, array: readonly T[]) => unknown,
    thisArg?: unknown,
  ): number;
}
