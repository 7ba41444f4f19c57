/** ES2024: strings without lone surrogates. */
interface String {
  /** Whether the string has no lone surrogate. */
  isWellFormed(): boolean;
  /** A copy in which lone surrogates are U+FFFD. */
  toWellFormed(): string;
}
