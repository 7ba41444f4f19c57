import type { MimeBundle } from "../host.js";

/** One way to show a value; the first row that matches is taken. */
export interface DisplayFormatter {
  readonly name: string;
  /** Runs none of the value's code: it is asked of every value. */
  matches(value: unknown): boolean;
  /**
   * The bundle; an empty one shows nothing, undefined leaves the value to the rows after this one.
   * `text/plain` is added where it is missing.
   */
  format(value: unknown): MimeBundle | undefined | Promise<MimeBundle | undefined>;
}
