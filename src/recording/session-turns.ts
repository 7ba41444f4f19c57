import type { ClaudeOptions } from "../options/types.js";

/** Turns that each session had in this process, by session id; replayed sessions count like live ones. */
const turnsOf = new Map<string, number>();
/** The session that ran last in each working folder: the one that `continue` goes on with. */
const lastSessionIn = new Map<string, string>();

/** A session that began outside this process had at least one turn; more cannot be known. */
const TURNS_OF_UNKNOWN_SESSION = 1;

/** The number that the next turn has in its session; 1 begins a session. */
export function nextTurnNumber(options: ClaudeOptions, cwd: string): number {
  const session = options.resume ?? (options.continue ? lastSessionIn.get(cwd) : undefined);
  if (session === undefined && !options.continue) return 1;
  const before = session === undefined ? undefined : turnsOf.get(session);
  return (before ?? TURNS_OF_UNKNOWN_SESSION) + 1;
}

/** Remembers that a session had its turn of this number. */
export function noteTurn(session: string, turn: number, cwd: string): void {
  turnsOf.set(session, turn);
  lastSessionIn.set(cwd, session);
}
