import { randomUUID } from "node:crypto";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import type { ViewPart } from "../../../renderers/response/parts.js";
import { ResultError } from "../../../src/errors.js";
import { notebookHost } from "../../host.js";
import { createUpdateSchedule } from "../../response/update-schedule.js";
import { describeValue } from "../values/describe-value.js";
import type { MapItem } from "./map-item.js";

/** Longest text of an item or an outcome in the grid, in characters. */
const MAX_CHARS = 200;

/** Rows of the grid. */
const MAX_ROWS = 200;

/** The grid of a map in the cell that runs it. */
export interface MapView {
  changed(): void;
  end(): void;
}

/** Shows the items as they go; in plain Node nothing is shown. */
export function openMapView(items: readonly MapItem[]): MapView {
  const cell = notebookHost()?.currentCell();
  if (!cell) return { changed() {}, end() {} };
  const displayId = `claude-${randomUUID()}`;
  let isSent = false;
  const schedule = createUpdateSchedule(() => {
    const bundle = renderParts([partOf(items)], { includeStyle: true, response: displayId });
    cell.display(bundle, { displayId, update: isSent });
    isSent = true;
    return 1;
  });
  cell.onEnd(() => schedule.flush());
  return { changed: () => schedule.request(), end: () => schedule.flush() };
}

function partOf(items: readonly MapItem[]): ViewPart {
  const counts = { open: 0, now: 0, done: 0, failed: 0, skipped: 0 };
  let costUsd = 0;
  for (const each of items) {
    counts[each.state]++;
    costUsd += each.costUsd;
  }
  const rows = shownOf(items).map(({ item, state, value, error, costUsd }) => ({
    item: shorten(item),
    state,
    outcome: state === "done" ? shorten(value) : messageOf(error),
    costUsd,
  }));
  return { id: "map", type: "view", state: "done", view: "map", data: { items: rows, counts, costUsd } };
}

/** The items that stand in the grid, which is sent again many times: of very many those that run, failed, and the first. */
function shownOf(items: readonly MapItem[]): readonly MapItem[] {
  if (items.length <= MAX_ROWS) return items;
  const isTold = ({ state }: MapItem): boolean => state === "now" || state === "failed";
  const told = items.filter(isTold).slice(0, MAX_ROWS);
  const others = items.filter((each) => !isTold(each)).slice(0, MAX_ROWS - told.length);
  const shown = new Set([...told, ...others]);
  return items.filter((each) => shown.has(each));
}

/** Of a turn that ended with an error, what was said in it: the rest is the same for all. */
function messageOf(error: unknown): string {
  if (error === undefined) return "";
  if (ResultError.isInstance(error)) {
    const { errors = [], result } = error.result;
    return shorten(errors.join(" ") || result || error.message);
  }
  return shorten(error instanceof Error ? error.message : error);
}

function shorten(value: unknown): string {
  const text =
    typeof value === "string"
      ? value.slice(0, MAX_CHARS + 1)
      : describeValue(value, { totalChars: MAX_CHARS });
  const line = text.replace(/\s+/g, " ");
  return line.length > MAX_CHARS ? `${line.slice(0, MAX_CHARS)}…` : line;
}
