import type { PageMarks } from "../panels/part-html.js";

/** What an output needs to know of its page. */
export interface OutputContext {
  /** Marks the panels of responses. */
  readonly marks: PageMarks;
  /** HTML of outputs is taken as it is. */
  readonly trust: boolean;
}
