import type {
  AssistantMessage,
  ContentBlock,
  ResultMessage,
  SystemMessage,
} from "../../src/messages/types.js";
import { type AnswerScope, createAnswerScope } from "./answer-scope.js";
import { type BackgroundTasks, createBackgroundTasks } from "./background-tasks.js";
import { sessionOf } from "./footer.js";
import { createHooks, type Hooks } from "./hooks.js";
import { type Notice, serverNotice } from "./notices.js";
import { closeOpenParts, createPartList, type PartList, type PartNode } from "./part-list.js";
import type { SessionInfo } from "./parts.js";
import { createRetractions, type Retractions } from "./retractions.js";
import { createRetries, type Retries } from "./retries.js";
import { createTaskPlan, type TaskPlan } from "./task-plan.js";
import { createToolCalls, type ToolCalls } from "./tool-calls.js";

/** What is known of a turn, and the steps that more than one kind of message takes. */
export interface Turn {
  readonly root: PartList;
  readonly tools: ToolCalls;
  readonly tasks: BackgroundTasks;
  readonly hooks: Hooks;
  readonly plan: TaskPlan;
  readonly retries: Retries;
  readonly retractions: Retractions;
  /** Why the CLI refused a tool, by the id of the call. */
  readonly refusals: Map<string, string>;
  /** The notice of a compaction that is under way. */
  compaction: PartNode | undefined;
  session: SessionInfo | undefined;
  /** Claude's own last answer, not a subagent's. */
  lastAnswer: AssistantMessage | undefined;
  result: ResultMessage | undefined;
  model: string | undefined;
  done: boolean;
  isInterrupted: boolean;
  nextId(): string;
  /** Where the parts of a speaker stand: under the call that started it, or at the top. */
  listOf(parent: string | null | undefined): PartList;
  scopeOf(parent: string | null | undefined): AnswerScope;
  addText(text: string): void;
  addNotice(notice: Notice): PartNode;
  /** The same news again, as on each turn of a conversation, is said once. */
  tell(notice: Notice): void;
  /** Texts that the CLI wrote in Claude's place wait until it is known whether the result repeats them. */
  holdSynthetic(texts: readonly string[]): void;
  flushSynthetic(shownElsewhere: string): void;
  start(init: SystemMessage): void;
  endCompaction(state: "done" | "failed"): void;
  /** Gives what is open a final state. */
  close(state: "done" | "failed" | "interrupted"): void;
  interrupt(): void;
}

/** @param now the time in milliseconds since 1970 */
export function createTurn(now: () => number): Turn {
  const root = createPartList();
  let count = 0;
  const nextId = (): string => `part-${++count}`;
  const tools = createToolCalls(nextId);
  const scopes = new Map<string, AnswerScope>();
  const told = new Set<string>();
  let synthetic: string[] = [];

  const turn: Turn = {
    root,
    tools,
    tasks: createBackgroundTasks(root, tools, nextId),
    hooks: createHooks(root, nextId),
    plan: createTaskPlan(),
    retries: createRetries(root, nextId, now),
    retractions: createRetractions(root),
    refusals: new Map(),
    compaction: undefined,
    session: undefined,
    lastAnswer: undefined,
    result: undefined,
    model: undefined,
    done: false,
    isInterrupted: false,
    nextId,
    listOf: (parent) => (parent ? tools.open(root, parent, "").children : root),
    scopeOf(parent) {
      const known = scopes.get(parent ?? "");
      if (known) return known;
      const scope = createAnswerScope(turn.listOf(parent), tools, nextId);
      scopes.set(parent ?? "", scope);
      return scope;
    },
    addText(text) {
      root.add({ id: nextId(), type: "text", state: "done", text });
    },
    addNotice: (notice) => root.add({ id: nextId(), type: "notice", state: "done", ...notice }),
    tell(notice) {
      const key = JSON.stringify(notice);
      if (told.has(key)) return;
      told.add(key);
      turn.addNotice(notice);
    },
    holdSynthetic(texts) {
      synthetic.push(...texts);
    },
    flushSynthetic(shownElsewhere) {
      for (const text of synthetic) if (!shownElsewhere.includes(text)) turn.addText(text);
      synthetic = [];
    },
    start(init) {
      turn.session = sessionOf(init);
      turn.model = turn.session.model ?? turn.model;
      turn.done = false;
      turn.isInterrupted = false;
      const missing = serverNotice(turn.session.mcpServers);
      if (missing) turn.tell(missing);
    },
    endCompaction(state) {
      turn.compaction?.change({ state });
      turn.compaction = undefined;
    },
    close(state) {
      closeOpenParts(root, (part) => (state === "done" && part.type === "tool" ? "interrupted" : state));
      turn.done = true;
    },
    interrupt() {
      if (turn.isInterrupted) return;
      turn.flushSynthetic("");
      turn.close("interrupted");
      turn.isInterrupted = true;
      turn.addNotice(INTERRUPTED);
    },
  };
  return turn;
}

const INTERRUPTED: Notice = {
  level: "warning",
  title: "Interrupted",
  text: "The answer was stopped before it was finished.",
};

/** The texts among content blocks. */
export function textsOf(blocks: readonly ContentBlock[]): string[] {
  return blocks.flatMap((block) => (block.type === "text" && "text" in block ? [String(block.text)] : []));
}
