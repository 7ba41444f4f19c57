import { z } from "zod";
import { formatCount } from "../panels/format-figures.js";
import { definePanel, type Fact } from "../panels/panel.js";
import type { ViewPart } from "../response/parts.js";

const text = z.string();
const mapData = z.object({
  items: z.array(
    z.object({
      item: text,
      state: z.enum(["open", "now", "done", "failed", "skipped"]),
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
    const { items } = mapData.parse(data);
    const counted = (["done", "now", "failed", "skipped"] as const)
      .map((state) => [state, items.filter((each) => each.state === state).length] as const)
      .filter(([, n]) => n > 0)
      .map(([state, n]): Fact => ({ text: `${n} ${state === "now" ? "running" : state}` }));
    const total = items.reduce((sum, { costUsd }) => sum + costUsd, 0);
    return {
      name: "Map",
      facts: [{ text: formatCount(items.length, "item") }, ...counted, { text: `$${total.toFixed(4)}` }],
    };
  },
  body: ({ data }) => [
    {
      type: "table",
      columns: ["", "item", "outcome", "cost"],
      rows: mapData
        .parse(data)
        .items.map(({ item, state, outcome, costUsd }) => [
          SIGNS[state],
          item,
          outcome,
          costUsd > 0 ? costUsd.toFixed(4) : "",
        ]),
    },
  ],
});
