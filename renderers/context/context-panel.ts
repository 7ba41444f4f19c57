import { z } from "zod";
import { formatCount } from "../panels/format-figures.js";
import { definePanel } from "../panels/panel.js";
import type { ViewPart } from "../response/parts.js";

const contextData = z.object({ text: z.string() });

/** What was sent with a prompt on its own: folded, and exactly as it was sent. */
export const contextPanel = definePanel<ViewPart>({
  name: "context",
  matches: (part) => part.type === "view" && part.view === "context",
  frame: "panel",
  kind: () => "info",
  isOpen: () => false,
  summary: ({ data }) => ({
    name: "Context",
    target: "sent with the prompt",
    isProse: true,
    facts: [{ text: formatCount(contextData.parse(data).text.length, "character") }],
  }),
  body: ({ data }) => [{ type: "code", code: contextData.parse(data).text }],
});
