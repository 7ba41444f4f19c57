import { resolveCwd } from "../../src/options/resolve-cwd.js";
import type { ClaudeOptions } from "../../src/options/types.js";
import { findSession } from "../../src/sessions/session-files.js";
import { planTurn } from "../../src/turn-plan.js";
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

/** Turns of the conversation run one after the other. */
interface ConversationTurns {
  readonly facts: CellConversation;
  /** Runs a turn when those before it have ended. */
  next<T>(turn: () => Promise<T>): Promise<T>;
  /** The options with which a turn goes on with the conversation. @param isNew begins another one */
  optionsFor(prompt: string, options: ClaudeOptions, isNew: boolean): Promise<ClaudeOptions>;
  /** A turn has said which session it belongs to. */
  noted(sessionId: string, isReplayed: boolean): Promise<void>;
}

/** @param report says what the user should know of a conversation that cannot go on. */
export function createCellConversation(
  name: string | undefined,
  report: (message: string) => void,
): ConversationTurns {
  let sessionId: string | undefined;
  /** The session comes from a recording or another kernel, so that it may be unknown to the CLI here. */
  let isElsewhere = false;
  let turns = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** A recording replays wherever there is one; what runs needs a session that the CLI has. */
  const goOn = async (prompt: string, options: ClaudeOptions, session: string): Promise<ClaudeOptions> => {
    const resuming = { ...options, resume: session };
    if (!isElsewhere || planTurn(prompt, resuming).replayed) return resuming;
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
    async optionsFor(prompt, options, isNew) {
      if (isNew) {
        sessionId = undefined;
        turns = 0;
        return options;
      }
      if (sessionId !== undefined) return goOn(prompt, options, sessionId);
      // Recordings begin with the notebook, so a run that makes or finds one begins there too.
      const { recorded, replayed } = planTurn(prompt, options);
      if (name === undefined || replayed || recorded) return options;
      const kept = await readKeptSession(name);
      return kept !== undefined && (await isHere(kept, options)) ? { ...options, resume: kept } : options;
    },
    async noted(session, isReplayed) {
      sessionId = session;
      isElsewhere = isReplayed;
      turns++;
      if (name !== undefined && !isReplayed) await keepSession(name, session);
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
