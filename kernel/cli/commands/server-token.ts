import { randomBytes } from "node:crypto";

/** What the environment may hold, so that it stands in no list of processes. */
export const TOKEN_VARIABLE = "CLAUDE_NOTEBOOK_TOKEN";

/** What clients must know. */
export interface ServerToken {
  /** Undefined for a server without one. */
  readonly token: string | undefined;
  /** Whether nobody knows it yet. */
  readonly isNew: boolean;
}

/**
 * Takes the token out of the environment, which Claude and its tools inherit: what they run must not be able to speak to
 * the server as its user.
 *
 * @param env is changed.
 * @param isWanted whether to make one where there is none.
 */
export function takeServerToken(env: NodeJS.ProcessEnv, isWanted: boolean): ServerToken {
  const given = env[TOKEN_VARIABLE];
  delete env[TOKEN_VARIABLE];
  if (given !== undefined || !isWanted) return { token: given, isNew: false };
  return { token: randomBytes(32).toString("base64url"), isNew: true };
}
