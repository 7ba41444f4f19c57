import type { PlanItem, ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { definePanel, type Summary } from "./panel.js";
import { fieldOf, stringField } from "./read-value.js";
import { firstLine, resultSections, resultText } from "./tool-result.js";

const TOOLS: readonly string[] = ["TaskCreate", "TaskUpdate", "TaskList", "TaskGet"];

/** Words for a change of state. */
const CHANGES: Readonly<Record<string, string>> = {
  pending: "open again",
  in_progress: "started",
  completed: "done",
  deleted: "removed",
};

/** Claude's task list: what a call changed, and the whole list with its progress after it. */
export const tasksPanel = definePanel<ToolPart>({
  name: "tasks",
  matches: (part) => part.type === "tool" && TOOLS.includes(part.name),
  frame: "panel",
  kind: () => "plan",
  summary: (part) => ({ ...headline(part), isProse: true, facts: progressFacts(part.plan) }),
  body: (part): readonly Section[] => {
    const description = stringField(part.input, "description");
    const words = description ? [{ type: "prose", text: description } as const] : [];
    if (part.result?.isError) return [...words, ...resultSections(part)];
    if (part.plan?.length) return [...words, { type: "checklist", items: part.plan }];
    const isSaid = part.name !== "TaskList" && part.name !== "TaskGet";
    return isSaid || resultText(part) === "" ? words : [...words, ...resultSections(part)];
  },
  isOpen: ({ name, state }) => name === "TaskList" || state === "failed",
});

function headline({ name, input, plan, result, state }: ToolPart): Summary {
  if (name === "TaskList") return { name: "Tasks" };
  if (name === "TaskCreate")
    return { name: "New task", target: firstLine(stringField(input, "subject") ?? "") };
  const id = fieldOf(input, "taskId") ?? fieldOf(fieldOf(result?.structured, "task"), "id") ?? "";
  const known = plan?.find((item) => item.id === String(id));
  const text = stringField(input, "subject") ?? known?.text ?? `Task ${String(id)}`;
  const status = stringField(input, "status") ?? "";
  const change = state === "done" && Object.hasOwn(CHANGES, status) ? `: ${CHANGES[status]}` : "";
  return { name: "Task", target: firstLine(text) + change };
}

function progressFacts(plan: readonly PlanItem[] | undefined) {
  if (!plan?.length) return [];
  const done = plan.filter((item) => item.state === "done").length;
  return [{ text: `${done} of ${plan.length} done` }];
}
