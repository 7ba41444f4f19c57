import { wellFormed } from "../../renderers/bundle/stored-parts.js";
import type { MimeBundle } from "../host.js";
import type { DisplayFormatter } from "./display-formatter.js";
import { inspectText } from "./inspect-text.js";
import { MAX_MARKUP_CHARS } from "./limits.js";

type Ladder = readonly DisplayFormatter[];

let ladder: Ladder | undefined;
let loading: Promise<unknown> | undefined;

/**
 * Loads the rows of the ladder: two dozen modules, which the kernel's start should not wait for. It is called while the first
 * cell is compiled, so that what cells show is shown at once, before what they print next.
 */
export function loadLadder(): Promise<unknown> {
  loading ??= import("./ladder.js").then(({ displayFormatters }) => {
    ladder = displayFormatters;
  });
  return loading;
}

/**
 * The MIME bundle that shows a value. An empty bundle means: show nothing. Any other holds `text/plain`.
 * A formatter that fails is reported on stderr and the value is shown as text.
 */
export function formatValue(value: unknown): MimeBundle | Promise<MimeBundle> {
  // What is no object is text.
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return { "text/plain": inspectText(value) };
  }
  return ladder ? formatFrom(ladder, 0, value) : loadLadder().then(() => formatValue(value));
}

/** Tries the rows from one on: a row that matches may still find that it cannot show the value. */
function formatFrom(ladder: Ladder, start: number, value: unknown): MimeBundle | Promise<MimeBundle> {
  const index = ladder.findIndex((row, i) => i >= start && matches(row, value));
  const fallBack = (thrown: unknown): MimeBundle => {
    console.error("The value could not say how it is shown:", thrown);
    return { "text/plain": inspectText(value) };
  };
  const complete = (bundle: MimeBundle | undefined): MimeBundle | Promise<MimeBundle> =>
    bundle === undefined ? formatFrom(ladder, index + 1, value) : completeBundle(bundle, value);
  try {
    const bundle = ladder[index]!.format(value);
    return bundle instanceof Promise ? bundle.then(complete).catch(fallBack) : complete(bundle);
  } catch (thrown) {
    return fallBack(thrown);
  }
}

/** A value that cannot even be looked at, such as a revoked proxy, is none of a row's. */
function matches(row: DisplayFormatter, value: unknown): boolean {
  try {
    return row.matches(value);
  } catch {
    return false;
  }
}

function completeBundle(bundle: MimeBundle, value: unknown): MimeBundle {
  const entries = Object.entries(bundle);
  if (entries.length === 0) return bundle;
  const isTooLarge = (data: unknown): boolean => typeof data === "string" && data.length > MAX_MARKUP_CHARS;
  const cut = entries.filter(([, data]) => isTooLarge(data));
  const kept = entries.filter(([, data]) => !isTooLarge(data));
  // Half of a surrogate pair, as a cut leaves it, would keep the notebook from being saved.
  const complete: Record<string, unknown> = Object.fromEntries(
    kept.map(([type, data]) => [type, typeof data === "string" ? wellFormed(data) : data]),
  );
  complete["text/plain"] ??= wellFormed(inspectText(value));
  for (const [type, data] of cut) complete["text/plain"] += `\n[${type}: ${tooLarge(String(data))}]`;
  return complete;
}

function tooLarge(text: string): string {
  return `${text.length.toLocaleString("en-US")} characters, too many to be kept in the notebook`;
}
