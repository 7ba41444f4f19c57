import type { FooterPart } from "../response/parts.js";
import { formatCost, formatCount, formatDuration, formatTokens } from "./format-figures.js";
import { definePanel, type Fact } from "./panel.js";

/** The last line: turns, time, tokens, cost, and whether it was replayed. */
export const footerPanel = definePanel<FooterPart>({
  name: "footer",
  matches: (part) => part.type === "footer",
  frame: "footer",
  kind: () => "info",
  summary: (part) => ({ name: "Turn", facts: [...figures(part), ...replayFacts(part)] }),
  body: () => [],
});

function figures({ turns, durationMs, inputTokens, outputTokens, costUsd }: FooterPart): Fact[] {
  const tokens = [
    inputTokens === undefined ? undefined : `${formatTokens(inputTokens)} in`,
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

function replayFacts({ replayed }: FooterPart): Fact[] {
  return replayed ? [{ text: "replayed from recording · $0 now" }] : [];
}
