import type { RawMessage } from "../messages/parse-message.js";

/** How long the CLI may take from "idle" to a prompt that it has been sent, in milliseconds. It merges prompts that wait into one turn, so that fewer results than prompts are no sign of work to come. */
const IDLE_PATIENCE_MS = 1_000;

/** How long a background task may keep an otherwise finished run open, in milliseconds: the CLI's own default. */
const DEFAULT_TASK_CEILING_MS = 600_000;

/** The CLI's variable for the same, in milliseconds; 0 for no limit. */
export const TASK_CEILING_VARIABLE = "CLAUDE_CODE_PRINT_BG_WAIT_CEILING_MS";

/** Makes the CLI say when it is busy and when it is idle. */
export const STATE_VARIABLE = "CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS";

const TERMINAL_STATUSES: readonly unknown[] = ["completed", "failed", "stopped", "killed"];

/**
 * Follows a session until nothing is left to do: every prompt answered, every background task ended and reported. Only then
 * may stdin be closed: the permissions, hooks and tools of work that still runs are asked for over it.
 */
export interface RunTracker {
  /** A prompt was sent. */
  noteSent(): void;
  /** A line came. */
  note(raw: RawMessage): void;
  /** Keeps the run open for more prompts until what it returns is called. */
  hold(): () => void;
  /** The process has ended. */
  stop(): void;
  /** Whether a turn is at work. */
  readonly isTurnRunning: boolean;
  /** Whether nothing is left to do, or the process has ended. */
  readonly isSettled: boolean;
}

/** @param onSettled called once; at the latest `ceilingMs` after the last turn. */
export function createRunTracker(onSettled: () => void, env: NodeJS.ProcessEnv): RunTracker {
  const ceilingMs = taskCeiling(env);
  const tasks = new Set<unknown>();
  /** Ended, but Claude was not told yet: that is a turn to come. */
  const unreported = new Set<unknown>();
  let state: unknown;
  let sent = 0;
  let results = 0;
  let inTurn = false;
  let holds = 0;
  let settled = false;
  let patience: NodeJS.Timeout | undefined;
  let ceiling: NodeJS.Timeout | undefined;

  const settle = (): void => {
    if (settled) return;
    stop();
    onSettled();
  };
  const stop = (): void => {
    settled = true;
    clearTimeout(patience);
    clearTimeout(ceiling);
  };
  const consider = (): void => {
    clearTimeout(patience);
    if (settled || holds > 0) return;
    const isIdle = state === undefined || state === "idle";
    if (inTurn || (results === 0 && sent > 0 && state !== "idle")) return;
    if (sent === 0) {
      settle();
      return;
    }
    if (ceilingMs > 0) ceiling ??= setTimeout(settle, Math.min(ceilingMs, 2 ** 31 - 1));
    if (tasks.size > 0 || !isIdle) return;
    if (unreported.size > 0 || (results < sent && state === "idle"))
      patience = setTimeout(settle, IDLE_PATIENCE_MS);
    else if (results >= sent) settle();
  };

  /** One row for each kind of line that tells something of the run. */
  const noteSystem: Readonly<Record<string, (raw: RawMessage) => void>> = {
    init: () => beginTurn(),
    session_state_changed: (raw) => {
      state = raw.state;
      if (state === "idle") inTurn = false;
    },
    task_started: (raw) => tasks.add(raw.task_id),
    task_updated: (raw) => {
      if (!TERMINAL_STATUSES.includes((raw.patch as { status?: unknown } | undefined)?.status)) return;
      if (tasks.delete(raw.task_id)) unreported.add(raw.task_id);
    },
    task_notification: (raw) => {
      tasks.delete(raw.task_id);
      unreported.delete(raw.task_id);
    },
  };
  const beginTurn = (): void => {
    inTurn = true;
    clearTimeout(ceiling);
    ceiling = undefined;
  };

  return {
    noteSent() {
      sent++;
      consider();
    },
    note(raw) {
      if (raw.type === "result") {
        results++;
        inTurn = false;
      } else if (raw.type === "system") {
        const subtype = String(raw.subtype);
        if (!Object.hasOwn(noteSystem, subtype)) return;
        noteSystem[subtype]!(raw);
      } else return;
      consider();
    },
    hold() {
      let isHeld = true;
      holds++;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holds--;
        consider();
      };
    },
    stop,
    get isTurnRunning() {
      return inTurn;
    },
    get isSettled() {
      return settled;
    },
  };
}

function taskCeiling(env: NodeJS.ProcessEnv): number {
  const given = env[TASK_CEILING_VARIABLE];
  const ms = given === undefined || given === "" ? Number.NaN : Number(given);
  return Number.isInteger(ms) && ms >= 0 ? ms : DEFAULT_TASK_CEILING_MS;
}
