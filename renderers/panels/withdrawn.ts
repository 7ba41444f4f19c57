import type { TextPart } from "../response/parts.js";
import { definePanel } from "./panel.js";
import { firstLine } from "./tool-result.js";

/** An answer that the API took back, folded: it is no part of the conversation, but the reader has seen it begin. */
export const withdrawnPanel = definePanel<TextPart>({
  name: "withdrawn",
  matches: (part) => part.type === "text" && part.retracted === true,
  frame: "panel",
  kind: () => "warning",
  summary: ({ text }) => ({
    name: "Begun answer",
    target: firstLine(text).replace(/[*`]+|^#+ /g, ""),
    isProse: true,
  }),
  body: ({ text }) => [{ type: "markdown", text }],
  isOpen: () => false,
});
