import { arrayField, fieldOf, stringField } from "../panels/read-value.js";
import type { PlanItem, ToolPart } from "./parts.js";

const STATES: Readonly<Record<string, PlanItem["state"]>> = {
  pending: "open",
  in_progress: "now",
  completed: "done",
};

/**
 * Claude's task list as its calls of TaskCreate, TaskUpdate, TaskList and TaskGet tell it: each names one task only, the
 * reader wants the list.
 */
export interface TaskPlan {
  /** The list after a call that has its result; undefined for calls of other tools and failed ones. */
  after(part: ToolPart): readonly PlanItem[] | undefined;
}

export function createTaskPlan(): TaskPlan {
  let items: readonly PlanItem[] = [];
  const put = (item: {
    id: string;
    text?: string | undefined;
    state?: PlanItem["state"] | undefined;
  }): void => {
    const known = items.find(({ id }) => id === item.id);
    const next: PlanItem = {
      id: item.id,
      text: item.text ?? known?.text ?? `Task ${item.id}`,
      state: item.state ?? known?.state ?? "open",
    };
    items = known ? items.map((old) => (old === known ? next : old)) : [...items, next];
  };
  const putTask = (task: unknown): void => {
    const id = idOf(fieldOf(task, "id"));
    if (id !== undefined) put({ id, text: stringField(task, "subject"), state: stateOf(task) });
  };

  const steps: Readonly<Record<string, (part: ToolPart) => void>> = {
    TaskCreate: ({ result }) => putTask(fieldOf(result?.structured, "task")),
    TaskGet: ({ result }) => putTask(fieldOf(result?.structured, "task")),
    TaskList({ result }) {
      for (const task of arrayField(result?.structured, "tasks") ?? []) putTask(task);
    },
    TaskUpdate({ input }) {
      const id = idOf(fieldOf(input, "taskId"));
      if (id === undefined) return;
      if (stringField(input, "status") === "deleted") items = items.filter((item) => item.id !== id);
      else put({ id, text: stringField(input, "subject"), state: stateOf(input) });
    },
  };
  return {
    after(part) {
      const step = Object.hasOwn(steps, part.name) ? steps[part.name] : undefined;
      if (!step || part.result?.isError || !part.result) return undefined;
      step(part);
      return items;
    },
  };
}

function idOf(id: unknown): string | undefined {
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}

function stateOf(task: unknown): PlanItem["state"] | undefined {
  const status = stringField(task, "status") ?? "";
  return Object.hasOwn(STATES, status) ? STATES[status] : undefined;
}
