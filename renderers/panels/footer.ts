import type { FooterPart, SessionInfo } from "../response/parts.js";
import { formatCost, formatCount, formatDuration, formatTokens } from "./format-figures.js";
import { definePanel, type Fact } from "./panel.js";

/** The last line: turns, time, tokens, cost, and whether it was replayed. */
export const footerPanel = definePanel<FooterPart>({
  name: "footer",
  matches: (part) => part.type === "footer",
  frame: "footer",
  kind: () => "info",
  summary: (part) => ({
    name: "Turn",
    facts: [...figures(part), ...contextFacts(part), ...replayFacts(part)],
  }),
  body: ({ session, recording }) => {
    const fields = [
      ...(session ? sessionFields(session) : []),
      ...(recording === undefined ? [] : [["recording", `${recording}.jsonl`] as const]),
    ];
    return fields.length > 0 ? [{ type: "fields", fields }] : [];
  },
});

/** Share of the context that is worth a warning: Claude Code compacts a little above it. */
const FULL_CONTEXT = 0.8;

function contextFacts({ contextTokens, contextWindow }: FooterPart): Fact[] {
  if (!contextTokens || !contextWindow) return [];
  const share = contextTokens / contextWindow;
  const percent = share > 0 && share < 0.01 ? "<1" : Math.round(share * 100);
  const text = `context ${percent}% of ${formatTokens(contextWindow)}`;
  return [{ text, share, ...(share >= FULL_CONTEXT ? { tone: "warn" as const } : {}) }];
}

/** What ran: the model and its tools, the servers and how they stand, how to go on. */
function sessionFields({ id, model, version, permissionMode, tools, mcpServers }: SessionInfo) {
  const servers = mcpServers.map(({ name, status }) => `${name} (${status})`).join(", ");
  const fields: readonly (readonly [string, string | undefined])[] = [
    ["model", model],
    ["Claude Code", version],
    ["permissions", permissionMode],
    ["tools", tools.join(", ")],
    ["MCP servers", servers],
    ["session", id],
  ];
  return fields.filter((field): field is readonly [string, string] => Boolean(field[1]));
}

function figures({
  turns,
  durationMs,
  inputTokens,
  outputTokens,
  cacheReadTokens,
  costUsd,
}: FooterPart): Fact[] {
  const cached = inputTokens && cacheReadTokens ? Math.floor((cacheReadTokens / inputTokens) * 100) : 0;
  const tokens = [
    inputTokens === undefined
      ? undefined
      : `${formatTokens(inputTokens)} in${cached ? ` (${cached}% cached)` : ""}`,
    outputTokens === undefined ? undefined : `${formatTokens(outputTokens)} out`,
  ];
  const texts = [
    turns === undefined ? undefined : formatCount(turns, "turn"),
    durationMs === undefined ? undefined : formatDuration(durationMs),
    tokens.filter(Boolean).join(" · "),
    costUsd === undefined ? undefined : formatCost(costUsd),
  ];
  return texts.filter((text) => text !== undefined && text !== "").map((text) => ({ text: text! }));
}

/** Letters of a recording's name in the line; the whole stands behind the fold. */
const NAME_LENGTH = 8;

function replayFacts({ replayed, recording }: FooterPart): Fact[] {
  if (!replayed) return [];
  const name = recording === undefined ? "" : ` ${recording.slice(0, NAME_LENGTH)}`;
  return [{ text: `replayed from recording${name} · $0 now` }];
}
