import { createHash } from "node:crypto";
import { resolveCwd } from "../../src/options/resolve-cwd.js";
import type { ClaudeOptions } from "../../src/options/types.js";
import { recordingKey } from "../../src/recording/recording-key.js";
import { findSession } from "../../src/sessions/session-files.js";
import { describeSystemError } from "../../src/system-error.js";
import { planTurn } from "../../src/turn-plan.js";
import type { PromptContext, TurnSetting } from "../../src/turn-setting.js";
import { conversationName } from "./conversation-name.js";
import { keepSession, readKeptSession } from "./kept-conversation.js";

/** The conversation that the cells of a notebook share, as cells see it. */
export interface CellConversation {
  /** The notebook that names it; undefined where it is not known: then the conversation ends with the kernel. */
  readonly name: string | undefined;
  /** The CLI's session, once there is one. */
  readonly sessionId: string | undefined;
  /** Turns that this kernel has had in it. */
  readonly turns: number;
}

/** A turn of the conversation that has not begun. */
export interface PlannedCellTurn {
  readonly options: ClaudeOptions;
  readonly setting: Omit<TurnSetting, "context">;
  /** Whether Claude knows of the notebook only what this turn tells. */
  readonly isFresh: boolean;
}

/** Turns of the conversation run one after the other. */
interface ConversationTurns {
  readonly facts: CellConversation;
  /** Runs a turn when those before it have ended. */
  next<T>(turn: () => Promise<T>): Promise<T>;
  /**
   * How a turn goes on with the conversation.
   *
   * @param isNew begins another one.
   * @param contextKind the kind of context that will be sent with it.
   */
  optionsFor(
    prompt: string,
    options: ClaudeOptions,
    isNew: boolean,
    contextKind?: string,
  ): Promise<PlannedCellTurn>;
  /** A turn has said which session it belongs to. */
  noted(sessionId: string, isReplayed: boolean): Promise<void>;
}

/** Where the turn stands that begins a conversation. */
const FIRST = { turn: 1, previousKey: undefined };

/** @param report says what the user should know of a conversation that cannot go on. */
export function createCellConversation(
  name: string | undefined,
  report: (message: string) => void,
): ConversationTurns {
  let sessionId: string | undefined;
  /** The session comes from a recording or another kernel, so that it may be unknown to the CLI here. */
  let isElsewhere = false;
  let turns = 0;
  /** How often each question was asked in it. */
  let asked = new Map<string, number>();
  /** Names all that was asked in it, in order. */
  let after: string | undefined;
  let question = "";
  let last: Promise<unknown> = Promise.resolve();

  /** A recording replays wherever there is one; what runs needs a session that the CLI has. */
  const goOn = async (
    prompt: string,
    options: ClaudeOptions,
    session: string,
    setting: TurnSetting,
  ): Promise<ClaudeOptions> => {
    const resuming = { ...options, resume: session };
    if (!isElsewhere || planTurn(prompt, resuming, setting).replayed) return resuming;
    if (await isHere(session, options)) return resuming;
    report(
      "The conversation of this notebook goes on anew: its session so far was replayed or has been removed, so Claude does not know it.\n",
    );
    return options;
  };

  return {
    facts: {
      name,
      get sessionId() {
        return sessionId;
      },
      get turns() {
        return turns;
      },
    },
    next(turn) {
      const run = last.then(turn);
      last = run.catch(() => {});
      return run;
    },
    async optionsFor(prompt, options, isNew, contextKind) {
      question = recordingKey(prompt, options, 0);
      if (isNew) {
        sessionId = after = undefined;
        turns = 0;
        asked = new Map();
      }
      const context: PromptContext | undefined = contextKind ? { kind: contextKind, text: "" } : undefined;
      const first = { place: FIRST, after: undefined };
      // A turn is known by what it asks and how often that was asked before, not by what was asked in between: a prompt that is
      // changed leaves the recordings of the turns after it.
      const later = { place: { turn: (asked.get(question) ?? 0) + 2, previousKey: undefined }, after };
      if (sessionId !== undefined) {
        const goingOn = await goOn(prompt, options, sessionId, { ...later, context });
        return { options: goingOn, setting: later, isFresh: goingOn.resume === undefined };
      }
      if (isNew) return { options, setting: first, isFresh: true };
      // Recordings begin with the notebook, so a run that makes or finds one begins there too.
      const { recorded, replayed } = planTurn(prompt, options, { ...first, context });
      if (name === undefined || replayed || recorded) return { options, setting: first, isFresh: true };
      const kept = await readKeptSession(name);
      if (kept === undefined || !(await isHere(kept, options)))
        return { options, setting: first, isFresh: true };
      return { options: { ...options, resume: kept }, setting: later, isFresh: true };
    },
    async noted(session, isReplayed) {
      sessionId = session;
      isElsewhere = isReplayed;
      turns++;
      asked.set(question, (asked.get(question) ?? 0) + 1);
      after = createHash("sha256")
        .update(`${after ?? ""} ${question}`)
        .digest("hex");
      if (name === undefined || isReplayed) return;
      // The turn is had and paid for: where its session cannot be noted, its answer counts all the same.
      await keepSession(name, session).catch((error: unknown) =>
        report(
          `The notebook's next kernel will begin another conversation: ${describeSystemError(error)}.\n`,
        ),
      );
    },
  };
}

/** Whether the CLI can go on with a session in the folder of these options. */
async function isHere(session: string, { cwd, env }: ClaudeOptions): Promise<boolean> {
  const configDir = env?.CLAUDE_CONFIG_DIR;
  const place = { dir: resolveCwd(cwd), ...(configDir !== undefined && { configDir }) };
  return findSession(session, place).then(
    () => true,
    () => false,
  );
}

export const cellConversation = createCellConversation(
  conversationName(process.env, process.cwd()),
  (message) => process.stderr.write(message),
);
