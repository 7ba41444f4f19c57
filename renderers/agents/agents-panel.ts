import { z } from "zod";
import { formatCost, formatCount, formatDuration, formatTokens } from "../panels/format-figures.js";
import { definePanel, type Fact } from "../panels/panel.js";
import type { ViewPart } from "../response/parts.js";

const text = z.string();
const status = z.enum(["idle", "waiting", "running", "done", "failed", "stopped"]);

/** What a notebook stores of a system of agents; see AgentsSnapshot. */
const agents = z.object({
  agents: z.array(
    z.object({
      name: text,
      status,
      runs: z.number(),
      costUsd: z.number(),
      tokens: z.number(),
      durationMs: z.number(),
      unread: z.number(),
      activity: text,
    }),
  ),
  spentUsd: z.number(),
  budgetUsd: z.number().optional(),
});

/** Colour is never the only sign, nor is it needed: each state has its own. */
const SIGNS: Readonly<Record<z.output<typeof status>, string>> = {
  idle: "·",
  waiting: "…",
  running: "▸",
  done: "✓",
  failed: "✗",
  stopped: "◼",
};

const COLUMNS = ["agent", "state", "runs", "tokens", "cost", "time", "unread", "now"];

/** The agents of a system as a grid: what each does, and what it took. */
export const agentsPanel = definePanel<ViewPart>({
  name: "agents",
  matches: (part) => part.type === "view" && part.view === "agents",
  frame: "panel",
  kind: () => "agent",
  isOpen: () => true,
  summary: ({ data }) => {
    const { agents: all, spentUsd, budgetUsd } = agents.parse(data);
    const running = all.filter((each) => each.status === "running").length;
    const spent =
      budgetUsd === undefined ? formatCost(spentUsd) : `${formatCost(spentUsd)} of ${formatCost(budgetUsd)}`;
    const facts: Fact[] = [
      {
        text:
          running > 0
            ? `${running} of ${formatCount(all.length, "agent")} at work`
            : formatCount(all.length, "agent"),
      },
      { text: spent, ...(budgetUsd && { share: spentUsd / budgetUsd }) },
    ];
    return { name: "Agents", facts };
  },
  body: ({ data }) => {
    const rows = agents
      .parse(data)
      .agents.map((each) => [
        each.name,
        `${SIGNS[each.status]} ${each.status}`,
        String(each.runs),
        formatTokens(each.tokens),
        formatCost(each.costUsd),
        each.durationMs > 0 ? formatDuration(each.durationMs) : "",
        each.unread > 0 ? String(each.unread) : "",
        each.activity,
      ]);
    return rows.length > 0
      ? [{ type: "table", columns: COLUMNS, rows }]
      : [{ type: "prose", text: "There are none." }];
  },
});
