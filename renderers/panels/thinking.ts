import type { ThinkingPart } from "../response/parts.js";
import { formatTokens } from "./format-figures.js";
import { definePanel } from "./panel.js";
import { firstLine } from "./tool-result.js";

/** Claude's reasoning: folded, quiet, its first line in the summary. */
export const thinkingPanel = definePanel<ThinkingPart>({
  name: "thinking",
  matches: (part) => part.type === "thinking",
  frame: "panel",
  kind: () => "think",
  summary: ({ text, redacted, tokens }) => ({
    name: "Thinking",
    target: redacted ? "not shown by the API" : firstLine(text),
    isProse: true,
    facts: tokens ? [{ text: `${formatTokens(tokens)} tokens` }] : [],
  }),
  body: ({ text }) => (text === "" ? [] : [{ type: "prose", text }]),
  isOpen: () => false,
});
