import { z } from "zod";
import { formatCost, formatCount, formatTokens } from "../panels/format-figures.js";
import { definePanel } from "../panels/panel.js";
import type { ViewPart } from "../response/parts.js";

const text = z.string();
const totals = z.object({ inputTokens: z.number(), outputTokens: z.number(), costUsd: z.number() });

const listData = z.object({
  conversations: z.array(
    z.object({
      sessionId: text,
      title: text,
      tags: z.array(text),
      archived: z.boolean(),
      updatedAt: z.number(),
      model: text.optional(),
      turnCount: z.number(),
      totals,
    }),
  ),
  problems: z.array(text),
});

const headData = z.object({
  sessionId: text,
  title: text,
  tags: z.array(text),
  archived: z.boolean(),
  turnCount: z.number(),
  damagedLines: z.number(),
  forkedFrom: text.optional(),
  totals,
});

const promptData = z.object({ number: z.number(), text, copied: z.boolean() });

const COLUMNS = ["title", "tags", "turns", "tokens", "cost", "model", "changed", "id"];

/** A table of conversations, the latest first. */
export const conversationsPanel = definePanel<ViewPart>({
  name: "conversations",
  matches: (part) => part.type === "view" && part.view === "conversations",
  frame: "panel",
  kind: () => "agent",
  isOpen: () => true,
  summary: ({ data }) => {
    const { conversations } = listData.parse(data);
    const cost = conversations.reduce((sum, each) => sum + each.totals.costUsd, 0);
    return {
      name: "Conversations",
      facts: [{ text: formatCount(conversations.length, "conversation") }, { text: formatCost(cost) }],
    };
  },
  body: ({ data }) => {
    const { conversations, problems } = listData.parse(data);
    const rows = conversations.map((each) => [
      each.archived ? `${each.title} (archived)` : each.title,
      each.tags.join(", "),
      String(each.turnCount),
      formatTokens(each.totals.inputTokens + each.totals.outputTokens),
      formatCost(each.totals.costUsd),
      each.model ?? "",
      new Date(each.updatedAt).toISOString().slice(0, 16).replace("T", " "),
      each.sessionId,
    ]);
    return [
      ...(rows.length > 0
        ? [{ type: "table", columns: COLUMNS, rows } as const]
        : [{ type: "prose", text: "There are none." } as const]),
      ...(problems.length > 0 ? [{ type: "hints", hints: problems } as const] : []),
    ];
  },
});

/** What a conversation is called, before its turns. */
export const conversationPanel = definePanel<ViewPart>({
  name: "conversation",
  matches: (part) => part.type === "view" && part.view === "conversation",
  frame: "panel",
  kind: () => "agent",
  isOpen: () => false,
  summary: ({ data }) => {
    const { title, tags, turnCount, totals: figures, archived } = headData.parse(data);
    return {
      name: "Conversation",
      target: title,
      isProse: true,
      facts: [
        ...tags.map((tag) => ({ text: `#${tag}` })),
        ...(archived ? [{ text: "archived" }] : []),
        { text: formatCount(turnCount, "turn") },
        { text: `${formatTokens(figures.inputTokens + figures.outputTokens)} tokens` },
        { text: formatCost(figures.costUsd) },
      ],
    };
  },
  body: ({ data }) => {
    const { sessionId, forkedFrom, damagedLines } = headData.parse(data);
    return [
      {
        type: "fields",
        fields: [
          ["id", sessionId],
          ...(forkedFrom ? [["forked from", forkedFrom] as const] : []),
          ...(damagedLines > 0 ? [["lines that cannot be read", String(damagedLines)] as const] : []),
        ],
      },
    ];
  },
});

/** What was asked in a turn. */
export const promptPanel = definePanel<ViewPart>({
  name: "prompt",
  matches: (part) => part.type === "view" && part.view === "prompt",
  frame: "notice",
  kind: () => "ask",
  summary: ({ data }) => {
    const { number, copied } = promptData.parse(data);
    return { name: `You · turn ${number}${copied ? " · from the original" : ""}` };
  },
  body: ({ data }) => [{ type: "prose", text: promptData.parse(data).text }],
});
