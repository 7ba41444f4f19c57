import { MAX_MARKUP_CHARS } from "./limits.js";

/** A chart as JSON can carry it. */
export interface ChartJson {
  readonly json: object;
  /** Larger than what is kept in a notebook; then `json` is empty or large. */
  readonly isTooLarge: boolean;
}

/**
 * A copy of a chart as JSON can carry it: BigInt as a number, typed arrays as arrays, dates as text.
 *
 * @throws TypeError when the chart holds itself.
 */
export function chartJson(chart: object): ChartJson {
  let size = 0;
  const count = (value: unknown): void => {
    size += typeof value === "string" ? value.length : ArrayBuffer.isView(value) ? value.byteLength : 2;
    // Before all of it is copied twice: ten million rows would hold up the kernel for minutes.
    if (size > MAX_MARKUP_CHARS) throw new TooLarge();
  };
  try {
    const text = stringify(chart, count);
    return { json: JSON.parse(text) as object, isTooLarge: text.length > MAX_MARKUP_CHARS };
  } catch (error) {
    if (error instanceof TooLarge) return { json: {}, isTooLarge: true };
    throw error;
  }
}

class TooLarge extends Error {}

function stringify(chart: object, count: (value: unknown) => void): string {
  return JSON.stringify(chart, (_key, value: unknown) => {
    count(value);
    if (typeof value === "bigint") return Number(value);
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return Array.from(value as unknown as ArrayLike<unknown>);
    }
    return value;
  });
}

/** What the text of a chart that is too large says. */
export const TOO_LARGE = ": its data is too large to be kept in the notebook";
