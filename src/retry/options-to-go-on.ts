import type { ClaudeOptions } from "../options/types.js";

/**
 * The options of an attempt after one whose session has begun. The CLI refuses an id that is taken, so the session of
 * `sessionId` is resumed; without one, the attempt begins like the first.
 */
export function optionsToGoOn(options: ClaudeOptions): ClaudeOptions {
  const { sessionId, forkSession: _, resumeSessionAt: __, continue: ___, ...others } = options;
  // A session without a transcript cannot be resumed, and its id is free.
  if (sessionId === undefined || options.persistSession === false) return options;
  return { ...others, resume: sessionId };
}
