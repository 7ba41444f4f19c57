import { randomUUID } from "node:crypto";
import { describeCall } from "../../renderers/approval/describe-call.js";
import { showOnOneLine } from "../../renderers/approval/invisible-characters.js";
import type { AskOutcome } from "../../renderers/live/live-protocol.js";
import { stringField } from "../../renderers/panels/read-value.js";
import type { NoticePart } from "../../renderers/response/parts.js";
import type { PermissionAsker } from "../../src/control/permission-asker.js";
import type { PermissionResult } from "../../src/control/permissions.js";
import type { CellHandle } from "../host.js";
import { createApprovals, type ToolRequest } from "./approvals.js";
import { askByInput, type Input } from "./ask-by-input.js";
import type { LiveResponses } from "./live-responses.js";
import { liveResponseIn, openLiveOutput } from "./live-view.js";

/** What asking needs of the kernel. */
export interface AskingHost {
  readonly live: LiveResponses;
  /** The running cell, or the one that ran last. */
  currentCell(): (CellHandle & { readonly allowStdin: boolean }) | undefined;
  /** Puts a question to the user of the running cell. */
  readonly input: Input;
}

/** An output that holds nothing but a question. */
interface QuestionOutput {
  /** The response that it is. */
  readonly id: string;
  readonly shown: Promise<boolean>;
  clear(): void;
  /** Leaves a line that says what came of the question. */
  close(request: ToolRequest, outcome: AskOutcome): void;
}

/** Asks about tool calls in the cell that runs: in the response, with our extension; else by a line of input. */
export function createCellAsker({ live, currentCell, input }: AskingHost): PermissionAsker {
  const approvals = createApprovals(live);

  /** Shows the question in the cell's response, or in an output of its own where the cell shows none. */
  async function askLive(cell: CellHandle, request: ToolRequest): Promise<PermissionResult | undefined> {
    const newest = liveResponseIn(cell);
    if (newest && !newest.ended) {
      if (!(await newest.shown)) return undefined;
      // Whoever clears the output of a running cell has no place left to answer in.
      let other: QuestionOutput | undefined;
      const openElsewhere = (): string => {
        other = openQuestion(cell);
        return other.id;
      };
      const { result, outcome } = await approvals.ask(newest.source.id, request, openElsewhere);
      other?.close(request, outcome);
      return result;
    }
    const own = openQuestion(cell);
    if (!(await own.shown)) {
      own.clear();
      return undefined;
    }
    const { result, outcome } = await approvals.ask(own.id, request);
    own.close(request, outcome);
    return result;
  }

  function openQuestion(cell: CellHandle): QuestionOutput {
    const parts: NoticePart[] = [];
    const output = openLiveOutput(cell, live, { id: randomUUID(), parts });
    return {
      id: output.live.source.id,
      shown: output.live.shown,
      clear: output.clear,
      close(request, outcome) {
        parts.push(noticeOf(request, outcome));
        output.live.changed();
        output.end();
      },
    };
  }

  return async (asker, tool, input_, context) => {
    const cell = [asker as CellHandle | undefined, currentCell()].find((each) => each?.running);
    const request: ToolRequest = { tool, input: input_, context, interrupted: cell?.signal };
    const shownIn = cell ?? currentCell();
    // Where a page has shown the answer it may come back, although none listens now.
    const isShown = shownIn && liveResponseIn(shownIn)?.ended === false;
    if (shownIn && (live.isListening || isShown)) {
      const result = await askLive(shownIn, request);
      if (result) return result;
    }
    if (!cell || !currentCell()?.allowStdin) return unasked(request);
    const withdrawn = new Promise<PermissionResult>((resolve) => {
      const settle = (): void => resolve({ behavior: "deny", message: "The question was withdrawn." });
      for (const signal of [context.signal, cell.signal])
        signal.addEventListener("abort", settle, { once: true });
    });
    return Promise.race([askByInput(request, input), withdrawn]);
  };
}

/** Nobody can be asked; whoever runs the notebook is told how to allow it. */
function unasked({ tool, input }: ToolRequest): PermissionResult {
  return {
    behavior: "deny",
    message: `${tool} is not allowed: nobody can be asked here, because input is not allowed where this notebook runs. ${howToAllow(tool, input)}`,
  };
}

function howToAllow(tool: string, input: ToolRequest["input"]): string {
  if (tool === "AskUserQuestion" || tool === "ExitPlanMode")
    return "Run the notebook in JupyterLab, or decide in code with the option canUseTool.";
  const { command, code } = describeCall(tool, input);
  // No rule and no option lets code into the kernel.
  if (code !== undefined)
    return 'To allow it, call claude.allow("run_cell") in a cell of the notebook, or run it in JupyterLab.';
  const rule = command === undefined ? tool : `${tool}(${showOnOneLine(command).slice(0, 80)})`;
  return `To allow it, add allowedTools: [${JSON.stringify(rule)}] to the query's options (or canUseTool, or permissionMode: "acceptEdits" for edits), or run the notebook in JupyterLab.`;
}

const OUTCOMES: Readonly<Record<AskOutcome, string>> = {
  allow: "Allowed once",
  always: "Always allowed",
  deny: "Denied",
  timeout: "Not answered in time",
  interrupted: "Stopped",
  closed: "Not answered",
};

function noticeOf({ tool, input }: ToolRequest, outcome: AskOutcome): NoticePart {
  const { command, code } = describeCall(tool, input);
  const text = command ?? code ?? stringField(input, "file_path") ?? "";
  const level = outcome === "allow" || outcome === "always" ? "info" : "warning";
  return {
    id: "decision",
    type: "notice",
    state: "done",
    level,
    title: `${OUTCOMES[outcome]}: ${tool}`,
    text,
  };
}
