/** How much of a value is said. */
export interface DescribeLimits {
  /** How many objects inside one another. */
  readonly depth: number;
  /** Entries of each object, array, Map and Set. */
  readonly entries: number;
  /** Characters of each text. */
  readonly textChars: number;
  /** Characters in all. */
  readonly totalChars: number;
  /** Objects of which nothing is said but this. @defaultValue none */
  readonly hidden?: ((value: object) => string | undefined) | undefined;
}

/** What describing goes on with inside a value. */
export interface Describing {
  readonly limits: DescribeLimits;
  /** The entries of an object, indented; beyond the limits they are counted. */
  block(
    open: string,
    entries: Iterable<readonly [label: string, value: unknown]>,
    count: number,
    close: string,
  ): string;
}

/** Stands for a value that was not read, because there is none or reading it would run code. */
export class NotRead {
  readonly #why: string;

  constructor(why: string) {
    this.#why = why;
  }

  /** Why a value was not read; undefined for any other value. Not by `instanceof`, which would ask a proxy. */
  static why(value: unknown): string | undefined {
    return typeof value === "object" && value !== null && #why in value ? value.#why : undefined;
  }
}
