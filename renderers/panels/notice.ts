import type { NoticePart } from "../response/parts.js";
import { definePanel } from "./panel.js";

/** News: an error with what to do about it, a retry, an interruption. */
export const noticePanel = definePanel<NoticePart>({
  name: "notice",
  matches: (part) => part.type === "notice",
  frame: "notice",
  kind: ({ level }) => level,
  summary: ({ title }) => ({ name: title }),
  body: ({ text, output, hints = [] }) => [
    ...(text === "" ? [] : [{ type: "prose", text } as const]),
    ...(output ? [{ type: "output", text: output } as const] : []),
    ...(hints.length === 0 ? [] : [{ type: "hints", hints } as const]),
  ],
});
