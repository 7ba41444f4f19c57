import type { ClaudeOptions } from "../options/types.js";

/** A turn that a session had. */
export interface PastTurn {
  /** From 1. */
  readonly turn: number;
  /** Names its recording; see recordingKey. undefined for a turn of another process, of which only the number was kept. */
  readonly key: string | undefined;
}

/** The last turn that each session had in this process, by session id; replayed sessions count like live ones. */
const lastTurnOf = new Map<string, PastTurn>();
/** The session that ran last in each working folder: the one that `continue` goes on with. */
const lastSessionIn = new Map<string, string>();

/** A session that began outside this process had at least one turn; more cannot be known. */
const TURNS_OF_UNKNOWN_SESSION = 1;

/** Where the next turn stands in its session. */
export interface NextTurn {
  /** 1 begins a session. */
  readonly turn: number;
  /** The key of the turn before; undefined when there is none, or it ran outside this process. */
  readonly previousKey: string | undefined;
}

export function nextTurn(options: ClaudeOptions, cwd: string): NextTurn {
  const session = options.resume ?? (options.continue ? lastSessionIn.get(cwd) : undefined);
  if (session === undefined && !options.continue) return { turn: 1, previousKey: undefined };
  const before = session === undefined ? undefined : lastTurnOf.get(session);
  return { turn: (before?.turn ?? TURNS_OF_UNKNOWN_SESSION) + 1, previousKey: before?.key };
}

/** Remembers the turn that a session had last. */
export function noteTurn(session: string, { turn, key, cwd }: PastTurn & { readonly cwd: string }): void {
  lastTurnOf.set(session, { turn, key });
  lastSessionIn.set(cwd, session);
}
