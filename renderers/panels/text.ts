import type { TextPart } from "../response/parts.js";
import { definePanel } from "./panel.js";

/** Claude's answer: the content, so it has no box. */
export const textPanel = definePanel<TextPart>({
  name: "text",
  matches: (part) => part.type === "text",
  frame: "bare",
  kind: () => "info",
  summary: () => ({ name: "Text" }),
  body: ({ text, state }) => [{ type: "markdown", text, isGrowing: state === "streaming" }],
});
