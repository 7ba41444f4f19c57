/** ES2025: the operations of sets. */
interface ReadonlySetLike<T> {
  keys(): Iterator<T>;
  has(value: T): boolean;
  readonly size: number;
}

interface Set<T> {
  /** What is in this set, the other or both. */
  union<U>(other: ReadonlySetLike<U>): Set<T | U>;
  /** What is in both. */
  intersection<U>(other: ReadonlySetLike<U>): Set<T & U>;
  /** What is in this set and not in the other. */
  difference<U>(other: ReadonlySetLike<U>): Set<T>;
  /** What is in one of the two. */
  symmetricDifference<U>(other: ReadonlySetLike<U>): Set<T | U>;
  isSubsetOf(other: ReadonlySetLike<unknown>): boolean;
  isSupersetOf(other: ReadonlySetLike<unknown>): boolean;
  isDisjointFrom(other: ReadonlySetLike<unknown>): boolean;
}

interface ReadonlySet<T> {
  /** What is in this set, the other or both. */
  union<U>(other: ReadonlySetLike<U>): Set<T | U>;
  /** What is in both. */
  intersection<U>(other: ReadonlySetLike<U>): Set<T & U>;
  /** What is in this set and not in the other. */
  difference<U>(other: ReadonlySetLike<U>): Set<T>;
  /** What is in one of the two. */
  symmetricDifference<U>(other: ReadonlySetLike<U>): Set<T | U>;
  isSubsetOf(other: ReadonlySetLike<unknown>): boolean;
  isSupersetOf(other: ReadonlySetLike<unknown>): boolean;
  isDisjointFrom(other: ReadonlySetLike<unknown>): boolean;
}
