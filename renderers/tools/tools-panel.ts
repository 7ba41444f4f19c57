import { z } from "zod";
import { formatCount } from "../panels/format-figures.js";
import { definePanel } from "../panels/panel.js";
import type { ViewPart } from "../response/parts.js";

const text = z.string();
const listData = z.object({
  tools: z.array(
    z.object({
      name: text,
      version: text,
      description: text,
      enabled: z.boolean(),
      permission: text,
      origin: text,
      takes: z.array(text),
      calls: z.number(),
      failed: z.number(),
    }),
  ),
});

const COLUMNS = ["tool", "takes", "does", "runs", "from", "calls", "failed"];

/** A table of tools: what each takes and does, whether it may run, and how it was used. */
export const toolsPanel = definePanel<ViewPart>({
  name: "tools",
  matches: (part) => part.type === "view" && part.view === "tools",
  frame: "panel",
  kind: () => "mcp",
  isOpen: () => true,
  summary: ({ data }) => ({
    name: "Tools",
    facts: [{ text: formatCount(listData.parse(data).tools.length, "tool") }],
  }),
  body: ({ data }) => {
    const rows = listData
      .parse(data)
      .tools.map((tool) => [
        `${tool.name} ${tool.version}`,
        tool.takes.join(", "),
        tool.description,
        tool.enabled ? tool.permission : "disabled",
        tool.origin,
        String(tool.calls),
        String(tool.failed),
      ]);
    return rows.length > 0
      ? [{ type: "table", columns: COLUMNS, rows }]
      : [{ type: "prose", text: "There are none." }];
  },
});
