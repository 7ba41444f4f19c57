import { createHash, randomBytes } from "node:crypto";
import { coveringUpdates } from "../../renderers/approval/always-allow.js";
import type { Ask, AskOutcome, FrontEndMessage } from "../../renderers/live/live-protocol.js";
import { arrayField, stringField } from "../../renderers/panels/read-value.js";
import type { PermissionContext, PermissionResult } from "../../src/control/permissions.js";
import { type Clock, systemClock } from "../response/update-schedule.js";
import type { LiveResponses } from "./live-responses.js";

/** How long a question waits for its answer, in milliseconds. */
export const APPROVAL_TIMEOUT_MS = 10 * 60_000;

/** Says otherwise, in seconds. */
export const TIMEOUT_VARIABLE = "CLAUDE_NOTEBOOK_APPROVAL_TIMEOUT";

/** How long a page may take to say that it shows a question before it is shown in another place too, in milliseconds. */
const SEEN_MS = 4_000;

/** Settled questions whose outcome is remembered, for a second answer and for tabs that come late. */
const MAX_REMEMBERED = 200;

/** A tool call that nobody has decided about. */
export interface ToolRequest {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly context: PermissionContext;
  /** Fires when the user interrupts the cell. */
  readonly interrupted: AbortSignal | undefined;
}

/** Questions that front ends answer over the comm. */
export interface Approvals {
  /**
   * Shows the question in a response; resolves with what came of it. A question that nobody answers is denied.
   *
   * @param openElsewhere names another response, for when no page says that it shows the question: the output may have been
   * cleared since.
   */
  ask(response: string, request: ToolRequest, openElsewhere?: () => string): Promise<Decided>;
}

/** What came of a question. */
export interface Decided {
  readonly result: PermissionResult;
  readonly outcome: AskOutcome;
}

type Answer = Extract<FrontEndMessage, { op: "answer" }>;

interface Pending {
  readonly ask: Ask;
  readonly hash: string;
  readonly input: ToolRequest["input"];
  /** The responses in which it is to be shown. */
  readonly places: Set<string>;
  /** Shows it in a response. */
  show(response: string): void;
  /** A page says that it shows it. */
  noteSeen(): void;
  settle(outcome: AskOutcome, answer?: Answer, why?: string): void;
}

/**
 * Keeps the rules of approvals: only this kernel's own questions can be answered, by their random id and with the hash of
 * the exact input; the first answer counts; what is not answered is denied.
 */
export function createApprovals(
  live: LiveResponses,
  clock: Clock = systemClock,
  timeoutMs = approvalTimeout(process.env),
): Approvals {
  const pending = new Map<string, Pending>();
  const outcomes = new Map<string, AskOutcome>();

  const remember = (id: string, outcome: AskOutcome): void => {
    outcomes.set(id, outcome);
    for (const old of outcomes.keys()) {
      if (outcomes.size <= MAX_REMEMBERED) break;
      outcomes.delete(old);
    }
  };

  live.onAnswer((answer) => {
    const asked = pending.get(answer.ask);
    // Too late, or made up: the other tab's answer stands, and what is unknown is closed.
    if (!asked)
      return live.say({ op: "decided", ask: answer.ask, outcome: outcomes.get(answer.ask) ?? "closed" });
    const problem = problemOf(asked, answer);
    if (problem) asked.settle("deny", undefined, problem);
    else asked.settle(answer.decision, answer);
  });
  live.onSync((response) => {
    for (const asked of pending.values()) if (asked.places.has(response)) asked.show(response);
  });
  live.onSeen((id) => pending.get(id)?.noteSeen());
  live.onClose(() => {
    for (const asked of [...pending.values()]) asked.settle("closed");
  });

  return {
    ask(response, { tool, input, context, interrupted }, openElsewhere) {
      const inputJson = JSON.stringify(input);
      const ask: Ask = {
        id: randomBytes(16).toString("hex"),
        response,
        tool,
        inputJson,
        always: coveringUpdates(tool, input, context.suggestions),
        reason: context.decisionReason,
        blockedPath: context.blockedPath,
        agent: context.agentID,
        timeoutMs,
      };
      return new Promise((resolve) => {
        const withdraw = (): void => asked.settle("interrupted");
        const endsAt = clock.now() + timeoutMs;
        const cancelEnd = clock.after(timeoutMs, () => asked.settle("timeout"));
        const cancelElsewhere = openElsewhere
          ? clock.after(SEEN_MS, () => asked.show(openElsewhere()))
          : () => {};
        const asked: Pending = {
          ask,
          hash: createHash("sha256").update(inputJson).digest("hex"),
          input,
          places: new Set(),
          show(place) {
            asked.places.add(place);
            live.say({ op: "ask", ask: { ...ask, response: place, timeoutMs: endsAt - clock.now() } });
          },
          noteSeen: () => cancelElsewhere(),
          settle(outcome, answer, why) {
            if (!pending.delete(ask.id)) return;
            cancelEnd();
            cancelElsewhere();
            for (const signal of [context.signal, interrupted])
              signal?.removeEventListener("abort", withdraw);
            remember(ask.id, outcome);
            const reason = why ?? answer?.reason;
            live.say({ op: "decided", ask: ask.id, outcome, ...(reason ? { reason } : {}) });
            resolve({ result: resultOf(asked, outcome, { answer, why, timeoutMs }), outcome });
          },
        };
        pending.set(ask.id, asked);
        for (const signal of [context.signal, interrupted]) signal?.addEventListener("abort", withdraw);
        if (context.signal.aborted || interrupted?.aborted) withdraw();
        else asked.show(response);
      });
    },
  };
}

/** How long questions wait, in milliseconds; a value that is no time in seconds counts as none. */
function approvalTimeout(env: Readonly<Record<string, string | undefined>>): number {
  const seconds = Number(env[TIMEOUT_VARIABLE] ?? Number.NaN);
  return seconds > 0 ? Math.min(seconds * 1000, 2 ** 31 - 1) : APPROVAL_TIMEOUT_MS;
}

/** Why an answer cannot count; undefined for one that does. */
function problemOf(
  { ask, hash, input }: Pending,
  { decision, hash: given, answers }: Answer,
): string | undefined {
  if (decision === "deny") return undefined;
  if (given !== hash) return "The answer was about another input than this one.";
  if (decision === "always" && !ask.always) return "This call can only be allowed once.";
  if (ask.tool !== "AskUserQuestion") return undefined;
  const questions = questionsOf(input);
  const isAnswered = questions.every(
    (question) => Object.hasOwn(answers ?? {}, question) && answers?.[question]?.trim(),
  );
  const isAsked = Object.keys(answers ?? {}).every((question) => questions.includes(question));
  return isAnswered && isAsked ? undefined : "The questions were not answered.";
}

/** The texts of the questions that AskUserQuestion puts. */
export function questionsOf(input: unknown): string[] {
  return (arrayField(input, "questions") ?? []).flatMap(
    (question) => stringField(question, "question") ?? [],
  );
}

/** What Claude is told when nobody allowed a call. */
const REFUSALS: Readonly<Record<"deny" | "timeout" | "interrupted" | "closed", string>> = {
  deny: "The user does not allow this.",
  timeout: "Nobody answered in time, so this was not allowed.",
  interrupted: "The user stopped the turn, so this was not allowed.",
  closed: "The notebook's page was closed before anybody answered, so this was not allowed.",
};

function resultOf(
  { ask, input }: Pending,
  outcome: AskOutcome,
  { answer, why, timeoutMs }: { answer: Answer | undefined; why: string | undefined; timeoutMs: number },
): PermissionResult {
  if (outcome === "allow" || outcome === "always") {
    const updatedInput =
      ask.tool === "AskUserQuestion" ? { ...input, answers: answer?.answers ?? {} } : input;
    if (outcome === "allow") return { behavior: "allow", updatedInput };
    return { behavior: "allow", updatedInput, updatedPermissions: ask.always ?? [] };
  }
  const reason = why ?? answer?.reason?.trim();
  const time = outcome === "timeout" ? ` The question waited ${Math.round(timeoutMs / 1000)} s.` : "";
  const message = reason ? `${REFUSALS[outcome]} ${reason}` : `${REFUSALS[outcome]}${time}`;
  return { behavior: "deny", message };
}
