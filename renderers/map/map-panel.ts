import { z } from "zod";
import { formatCount } from "../panels/format-figures.js";
import { definePanel, type Fact } from "../panels/panel.js";
import type { ViewPart } from "../response/parts.js";

const text = z.string();
const states = ["open", "now", "done", "failed", "skipped"] as const;
const mapData = z.object({
  /** Of all items, by state. */
  counts: z.record(z.enum(states), z.number()),
  costUsd: z.number(),
  /** Those that are shown. */
  items: z.array(
    z.object({
      item: text,
      state: z.enum(states),
      /** The value, or why there is none. */
      outcome: text,
      costUsd: z.number(),
    }),
  ),
});

const SIGNS = { open: "·", now: "▸", done: "✓", failed: "✗", skipped: "–" } as const;

/** What a map of questions over items has come to: a row for each, and the sum. */
export const mapPanel = definePanel<ViewPart>({
  name: "map",
  matches: (part) => part.type === "view" && part.view === "map",
  frame: "panel",
  kind: () => "agent",
  isOpen: () => true,
  summary: ({ data }) => {
    const { counts, costUsd } = mapData.parse(data);
    const counted = (["done", "now", "failed", "skipped"] as const)
      .filter((state) => counts[state] > 0)
      .map((state): Fact => ({ text: `${counts[state]} ${state === "now" ? "running" : state}` }));
    return {
      name: "Map",
      facts: [{ text: formatCount(countOf(counts), "item") }, ...counted, { text: `$${costUsd.toFixed(4)}` }],
    };
  },
  body: ({ data }) => {
    const { items, counts } = mapData.parse(data);
    const rows = items.map(({ item, state, outcome, costUsd }) => [
      SIGNS[state],
      item,
      outcome,
      costUsd > 0 ? costUsd.toFixed(4) : "",
    ]);
    const left = countOf(counts) - items.length;
    if (left > 0) rows.push(["…", `${formatCount(left, "more item")}`, "", ""]);
    return [{ type: "table", columns: ["", "item", "outcome", "cost"], rows }];
  },
});

function countOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}
