/**
 * How much larger than its text a document may become by what is short to write and long to draw. All of it depends on the
 * text to the left alone, so that a text that is being written is drawn as the whole is.
 */
export interface SizeLimits {
  /**
   * What formulas, and long addresses that are written once and used often, may add to one text, in characters of HTML: a
   * formula of three characters is drawn with a hundred and more, an address of 2,000 may be used ten thousand times.
   */
  readonly added: number;
  /** Addresses up to this length are free, in characters. */
  readonly freeAddress: number;
  /** Empty cells at the ends of rows that a table may have, besides two for each column: short rows are filled with them. */
  readonly emptyCells: number;
}

export const SIZE_LIMITS: SizeLimits = { added: 250_000, freeAddress: 64, emptyCells: 32 };
