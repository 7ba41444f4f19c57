import { SessionNotFoundError } from "../errors.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can name a session. Nothing else may become part of a path. */
export function isSessionId(text: string): boolean {
  return UUID.test(text);
}

/** @throws SessionNotFoundError for an id that is no UUID. */
export function requireSessionId(sessionId: string): void {
  if (isSessionId(sessionId)) return;
  throw new SessionNotFoundError(
    sessionId,
    `${JSON.stringify(sessionId)} is no session id: these are UUIDs.`,
  );
}
