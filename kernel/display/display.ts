import { randomUUID } from "node:crypto";
import { type CellHandle, type MimeBundle, notebookHost } from "../host.js";
import { formatValue } from "./format.js";
import { inspectText } from "./inspect-text.js";

export interface DisplayOptions {
  /** The value is a MIME bundle already. @defaultValue false */
  readonly raw?: boolean | undefined;
  /** Names the display, so that it can be updated, also from other cells. @defaultValue a random name */
  readonly display_id?: string | undefined;
  /** Replaces the displays of that name instead of adding one. @defaultValue false */
  readonly update?: boolean | undefined;
  /** For the bundle, by media type. */
  readonly metadata?: MimeBundle | undefined;
}

/** A display that can be changed. */
export interface Display {
  readonly display_id: string;
  /** Shows another value in its place. */
  update(value: unknown, options?: Pick<DisplayOptions, "raw" | "metadata">): void;
}

/**
 * Shows a value in the running cell. A value may say how, by a method `[Symbol.for("Jupyter.display")]()` that returns a
 * MIME bundle or a promise of one; others are shown as text. In plain Node the value is printed.
 *
 * @throws TypeError when `raw` is set and the value is no MIME bundle.
 *
 * @example
 *     const bar = display("0 %", { display_id: "bar" });
 *     bar.update("50 %");
 */
export function display(value: unknown, options: DisplayOptions = {}): Display {
  const { raw = false, display_id = randomUUID(), update = false, metadata } = options;
  if (raw && !isBundle(value)) {
    throw new TypeError(`display with raw: true takes a MIME bundle; it got ${inspectText(value)}.`);
  }
  const cell = notebookHost()?.currentCell();
  if (cell)
    show(cell, raw ? (value as MimeBundle) : formatValue(value), { displayId: display_id, update, metadata });
  else console.log(inspectText(value));
  const shown: Display = {
    display_id,
    update: (next, more) => void display(next, { ...more, display_id, update: true }),
  };
  // As the last value of a cell it is shown already.
  return Object.defineProperty(shown, Symbol.for("Jupyter.display"), { value: () => ({}) });
}

/** Displays that are still being made, by name: a later one of that name waits for the earlier. */
const pending = new Map<string, Promise<void>>();

function show(
  cell: CellHandle,
  bundle: MimeBundle | Promise<MimeBundle>,
  options: { displayId: string; update: boolean; metadata: MimeBundle | undefined },
): void {
  const { displayId } = options;
  const before = pending.get(displayId);
  if (!(bundle instanceof Promise) && !before) {
    send(cell, bundle, options);
    return;
  }
  const shown: Promise<void> = Promise.allSettled([before])
    .then(() => bundle)
    .then((each) => send(cell, each, options))
    .finally(() => {
      if (pending.get(displayId) === shown) pending.delete(displayId);
    });
  pending.set(displayId, shown);
  cell.onEnd(() => shown);
}

function send(
  cell: CellHandle,
  bundle: MimeBundle,
  options: { displayId: string; update: boolean; metadata: MimeBundle | undefined },
): void {
  if (Object.keys(bundle).length === 0) return;
  const { displayId, update, metadata } = options;
  cell.display(bundle, { displayId, update, ...(metadata && { metadata }) });
}

function isBundle(value: unknown): value is MimeBundle {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
