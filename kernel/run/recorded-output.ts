import { RESPONSE_MIME } from "../../renderers/response/parts.js";
import type { Json } from "../io/wire.js";
import { endOf } from "./text-copies.js";

/** What a cell, or some work in it, has shown so far. */
export interface Recorded {
  text: string;
  bundles: Kept[];
  /** The output was to be cleared by what is shown next. */
  isStale?: boolean;
}

/** A display. */
export interface Kept {
  readonly displayId: string | undefined;
  readonly data: Json;
  /** In characters. */
  readonly size: number;
}

/** Text of one cell that is kept, in characters: the end of it. */
export const MAX_TEXT = 200_000;
/** Displays of one cell that are kept. */
const MAX_BUNDLES = 20;
/** Largest display that is kept, in characters; an image of 3 MB. */
const MAX_BUNDLE = 4_000_000;

/** What Claude can read of a display: HTML says the same as the rest, in many more tokens. */
const KEPT_TYPES = /^(?:text\/(?:plain|markdown|latex)|image\/.*|application\/(?:.*\+)?json)$/;

/** Messages that show something. */
export const SHOWN: ReadonlySet<string> = new Set(["display_data", "execute_result", "update_display_data"]);

/** A display, a value, or the order to clear what was shown. */
export function noteShown(recorded: Recorded, messageType: string, content: Json): void {
  if (messageType === "clear_output") {
    recorded.isStale = true;
    if (content.wait !== true) clearStale(recorded);
  }
  const kept = SHOWN.has(messageType) ? keptOf(content) : undefined;
  if (!kept) return;
  clearStale(recorded);
  recorded.bundles.push(kept);
  if (recorded.bundles.length > MAX_BUNDLES) recorded.bundles.shift();
}

/** Text on a stream. */
export function noteText(recorded: Recorded, text: string): void {
  clearStale(recorded);
  // First, or both together could be longer than any text can be.
  recorded.text += endOf(text, MAX_TEXT);
  // Seldom, so that the cost of cutting is spread over as much text again.
  if (recorded.text.length > 2 * MAX_TEXT) recorded.text = endOf(recorded.text, MAX_TEXT);
}

function clearStale(recorded: Recorded): void {
  if (!recorded.isStale) return;
  Object.assign(recorded, { text: "", bundles: [], isStale: false });
}

export function isSameDisplay(one: Kept, other: Kept): boolean {
  return one.displayId !== undefined && one.displayId === other.displayId;
}

/** In characters. */
export function sizeOf(bundles: readonly Kept[]): number {
  return bundles.reduce((sum, { size }) => sum + size, 0);
}

/** What is kept of a display; undefined for Claude's own answers. */
export function keptOf(content: Json): Kept | undefined {
  const { data, transient } = content as { data: Json; transient?: { display_id?: string } };
  if (RESPONSE_MIME in data) return undefined;
  const kept: [type: string, value: unknown][] = [];
  let size = 0;
  for (const [type, value] of Object.entries(data)) {
    if (!KEPT_TYPES.test(type)) continue;
    // As text: the objects are the notebook's own, may change later, and hold on to whatever they hold.
    const text = typeof value === "string" ? value : jsonOf(value);
    if (text === undefined || text.length > MAX_BUNDLE) continue;
    kept.push([type, text]);
    size += text.length;
  }
  return { displayId: transient?.display_id, data: Object.fromEntries(kept), size };
}

/** It has been JSON a moment ago, but code of its own can say something else each time. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
