import { definePanel } from "../panels/panel.js";
import type { ViewPart } from "../response/parts.js";

/** A view that this version has no panel for: its data. */
export const viewPanel = definePanel<ViewPart>({
  name: "view",
  matches: (part) => part.type === "view",
  frame: "panel",
  kind: () => "tool",
  summary: ({ view }) => ({ name: view }),
  body: ({ data }) => [{ type: "json", value: data }],
});
