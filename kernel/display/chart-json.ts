import { MAX_MARKUP_CHARS } from "./limits.js";

/** A chart as JSON can carry it. */
export interface ChartJson {
  readonly json: object;
  /** Larger than what is kept in a notebook. */
  readonly isTooLarge: boolean;
}

/**
 * A copy of a chart as JSON can carry it: BigInt as a number, typed arrays as arrays, dates as text.
 *
 * @throws TypeError when the chart holds itself.
 */
export function chartJson(chart: object): ChartJson {
  const text = JSON.stringify(chart, (_key, value: unknown) => {
    if (typeof value === "bigint") return Number(value);
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return Array.from(value as unknown as ArrayLike<unknown>);
    }
    return value;
  });
  return { json: JSON.parse(text) as object, isTooLarge: text.length > MAX_MARKUP_CHARS };
}

/** What the text of a chart that is too large says. */
export const TOO_LARGE = ": its data is too large to be kept in the notebook";
