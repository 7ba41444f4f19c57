import type { Part } from "../../../response/parts.js";

/** A part on the page. */
export interface PartView<P extends Part = Part> {
  /** Shows a newer version of the part. */
  update(part: P): void;
}
