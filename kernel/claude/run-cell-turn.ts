import { CLIConnectionError, InvalidOptionsError } from "../../src/errors.js";
import type { Message, ResultMessage } from "../../src/messages/types.js";
import { normaliseOptions } from "../../src/options/normalise-options.js";
import type { ClaudeOptions, QueryOptions } from "../../src/options/types.js";
import { markOrigin, originOf } from "../../src/origin.js";
import { createQueryRun } from "../../src/query-run.js";
import { readPrompt } from "../../src/read-prompt.js";
import { TURN_SETTING, type TurnSetting } from "../../src/turn-setting.js";
import { notebookHost } from "../host.js";
import { displayClaudeResponse, markShown } from "../response/display-response.js";
import { createVariableChanges } from "../turn-changes/create-variable-changes.js";
import { UndoError } from "../turn-changes/undo-error.js";
import { cellConversation } from "./cell-conversation.js";
import { type ClaudeTurn, turnOf } from "./claude-turn.js";
import { contextKind, contextSetting } from "./context/context-setting.js";
import { createNotebookContext } from "./context/notebook-context.js";
import { outdatedReasons, type RecordedSetting } from "./context/outdated-reasons.js";
import { costLedger, type TurnCost } from "./cost-ledger.js";
import { runsClaudesCode } from "./tools/run-cell.js";
import type { ToolSite } from "./tools/tool-site.js";
import { withNotebook } from "./with-notebook.js";
import { withinBudget } from "./within-budget.js";

export type { ClaudeTurn };

/** Options of `claude()`: those of a query, and whether it begins another conversation. */
export interface ClaudeCallOptions extends QueryOptions {
  /** Begins another conversation; the calls after it go on with that one. @defaultValue false */
  readonly new?: boolean | undefined;
  /** Whether Claude gets the tools that look into this notebook, and the context that is sent on its own. @defaultValue true */
  readonly notebook?: boolean | undefined;
}

/** Options that name a session of the caller's own. */
const OWN_SESSION = [
  "resume",
  "continue",
  "sessionId",
  "forkSession",
] as const satisfies (keyof ClaudeOptions)[];

/**
 * Asks in the notebook's conversation, or in the session that the options name, and shows the turn in the cell.
 *
 * @throws ResultError, after the turn has been shown; and what `query()` throws.
 */
export async function runCellTurn(prompt: string, options: ClaudeCallOptions = {}): Promise<ClaudeTurn> {
  const { new: isNew = false, notebook = true, ...given } = checkCall(prompt, options);
  if (runsClaudesCode())
    throw new Error("Code that Claude runs cannot ask Claude: the turn that runs it waits for its end.");
  const own = withCheckpoints(normaliseOptions(given));
  const host = notebookHost();
  const variables = notebook && host?.notebook ? createVariableChanges(host.notebook) : undefined;
  const checked = notebook ? withNotebook(own, variables) : own;
  const means = { variables, alone: undoAlone };
  if (OWN_SESSION.some((name) => checked[name] !== undefined)) {
    const result = await show(prompt, checked);
    return orShown(() => turnOf(result, means));
  }
  return cellConversation.next(async () => {
    const sent = contextSetting();
    const site = notebook && sent.on && !isCommand(prompt) ? siteOfCell() : undefined;
    const kind = site && contextKind(sent);
    const asked = await cellConversation.optionsFor(prompt, checked, isNew, kind);
    if (asked.isFresh) notebookContext.forget();
    const text = site ? await notebookContext.next(site, sent.samples) : "";
    const context = kind === undefined ? undefined : { kind, text };
    const setting = { ...asked.setting, context };
    const result = await show(prompt, asked.options, setting, site);
    const { session_id } = result;
    if (session_id) await cellConversation.noted(session_id, originOf(result)?.query.replayed ?? false);
    return orShown(() => turnOf(result, means));
  });
}

const notebookContext = createNotebookContext(() => process.cwd());

/** Claude Code reads it as a command of its own, which takes nothing else. */
function isCommand(prompt: string): boolean {
  return prompt.trimStart().startsWith("/");
}

function siteOfCell(): ToolSite | undefined {
  const host = notebookHost();
  const cell = host?.currentCell();
  return host?.notebook && cell && { notebook: host.notebook, cell };
}

/** Shows a turn in the cell while it streams. */
async function show(
  prompt: string,
  given: ClaudeOptions,
  setting?: TurnSetting,
  site?: ToolSite,
): Promise<ResultMessage> {
  const { options, isFree } = withinBudget(prompt, given, costLedger, setting);
  if (!isFree) costLedger.requireBudget();
  let result: ResultMessage | undefined;
  const turn = createQueryRun(readPrompt(prompt, options.inputFormat), options, setting);
  async function* seen(): AsyncGenerator<Message, void> {
    for await (const message of turn) {
      if (message.type === "result") result = message as ResultMessage;
      yield message;
      if (message.type === "system" && message.subtype === TURN_SETTING && setting)
        yield* toldOutdated(message, setting, site);
    }
  }
  try {
    await displayClaudeResponse(Object.assign(seen(), { origin: turn.origin }));
  } finally {
    if (result) costLedger.note(costOf(prompt, result));
  }
  if (!result) throw new CLIConnectionError("The turn ended without a result.");
  return result;
}

/** For `turn.undo()`; a copy of the session elsewhere would not have them. */
function withCheckpoints(options: ClaudeOptions): ClaudeOptions {
  return options.sessionStore ? options : { enableFileCheckpointing: true, ...options };
}

/** Not while a turn of the conversation runs, which might change the same files. */
async function undoAlone<T>(undo: () => Promise<T>): Promise<T> {
  if (runsClaudesCode())
    throw new UndoError("Code that Claude runs cannot undo a turn: the turn that runs it waits for its end.");
  return cellConversation.next(undo);
}

/** A recording that was made when the notebook was another says so. */
async function* toldOutdated(message: Message, setting: TurnSetting, site: ToolSite | undefined) {
  const origin = originOf(message);
  if (!origin?.query.replayed) return;
  const { samples } = contextSetting();
  const reasons = await outdatedReasons(message as RecordedSetting, setting.after, site, samples);
  if (reasons.length > 0)
    yield markOrigin({ type: "system", subtype: "recording_outdated", reasons } as Message, origin);
}

function costOf(prompt: string, result: ResultMessage): TurnCost {
  const replayed = originOf(result)?.query.replayed ?? false;
  const cell = notebookHost()?.currentCell()?.executionCount;
  return { cell, prompt, costUsd: replayed ? 0 : (result.total_cost_usd ?? 0), replayed };
}

/** The footer of the turn says it already: the cell's error is not shown as a panel as well. */
function orShown<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    markShown(error);
    throw error;
  }
}

function checkCall(prompt: unknown, options: unknown): ClaudeCallOptions {
  if (typeof prompt !== "string" || prompt.trim() === "") {
    const message = 'claude() takes a prompt, which is text: await claude("…", options).';
    throw new InvalidOptionsError("prompt", prompt, message);
  }
  return options as ClaudeCallOptions;
}
