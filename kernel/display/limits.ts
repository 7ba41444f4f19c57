/** Longest markup or JSON kept in an output, in characters: more makes notebooks slow to open and save. */
export const MAX_MARKUP_CHARS = 8_000_000;
