import type { ToolPart } from "../response/parts.js";
import type { ChecklistItem } from "../sections/section.js";
import { definePanel } from "./panel.js";
import { arrayField, fieldOf, stringField } from "./read-value.js";
import { resultSections } from "./tool-result.js";

const STATES: Readonly<Record<string, ChecklistItem["state"]>> = { completed: "done", in_progress: "now" };

/** Claude's plan as a checklist: "2 of 4". */
export const todoPanel = definePanel<ToolPart>({
  name: "todo",
  matches: (part) =>
    part.type === "tool" &&
    part.name === "TodoWrite" &&
    (itemsOf(part) !== undefined || part.input === undefined),
  frame: "panel",
  kind: () => "plan",
  summary: (part) => {
    const items = itemsOf(part) ?? [];
    const done = items.filter((item) => item.state === "done").length;
    return { name: "Todo", target: `${done} of ${items.length}`, isProse: true };
  },
  body: (part) => [
    { type: "checklist", items: itemsOf(part) ?? [] },
    ...(part.result?.isError ? resultSections(part) : []),
  ],
  isOpen: () => true,
});

/** The items; undefined when the input is something else, which the generic panel then shows as it is. */
function itemsOf({ input }: ToolPart): ChecklistItem[] | undefined {
  return arrayField(input, "todos")?.map((todo) => {
    const state = String(fieldOf(todo, "status"));
    return {
      text: stringField(todo, "content") ?? stringField(todo, "activeForm") ?? "",
      state: Object.hasOwn(STATES, state) ? STATES[state]! : "open",
    };
  });
}
