/** What was taken out of an export. It never holds what was taken. */
export interface RedactionReport {
  /** How many different secrets. */
  readonly secrets: number;
  /** Which kinds stood where: "cell 3: Anthropic API key". */
  readonly places: readonly string[];
  /** How often a home folder was named. */
  readonly homePaths: number;
}

/** Most places that are named; the others are counted. */
const MAX_PLACES = 8;

/** One line for a terminal; undefined when nothing was taken. */
export function describeRedaction({ secrets, places, homePaths }: RedactionReport): string | undefined {
  const more = places.length - MAX_PLACES;
  const named = [...places.slice(0, MAX_PLACES), ...(more > 0 ? [`${more} more places`] : [])];
  const pieces = [
    ...(secrets > 0 ? [`${count(secrets, "secret")} (${named.join("; ")})`] : []),
    ...(homePaths > 0 ? [count(homePaths, "home path")] : []),
  ];
  return pieces.length === 0 ? undefined : `redacted ${pieces.join(" and ")}`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
