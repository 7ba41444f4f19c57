import type { TurnEvent } from "../turn.js";
import type { ClientSession } from "./client-session.js";

/** A turn that a CLI was asked for, or that one of its background tasks began. */
export interface BegunTurn {
  readonly session: ClientSession;
  /** undefined for a turn that a background task began. */
  readonly promptId: string | undefined;
  /** Whether the CLI ran before it was asked, and may have died unseen. */
  readonly isReused: boolean;
}

/** Kinds of messages that only an answer has. */
const SPOKEN: readonly unknown[] = ["assistant", "stream_event", "result"];

/**
 * The lines of a turn, and its end.
 *
 * @param noteSession is told the session's id.
 * @param again asks once more: for a CLI that had died before it saw the prompt, which nobody could know.
 */
export async function* readBegunTurn(
  begun: Promise<BegunTurn>,
  noteSession: (sessionId: string) => void,
  again?: () => Promise<BegunTurn>,
): AsyncGenerator<TurnEvent, void> {
  const { session, promptId, isReused } = await begun;
  let hasSpoken = false;
  try {
    for await (const event of session.turn(promptId)) {
      // The CLI says which prompt it answers after the first words of the answer.
      hasSpoken ||= event.type === "line" && SPOKEN.includes(event.raw.type);
      const isLost =
        event.type === "end" && promptId !== undefined && !hasSpoken && !session.hasBegun(promptId);
      if (isLost && again && isReused) {
        yield* readBegunTurn(again(), noteSession);
        return;
      }
      if (event.type === "line" && event.raw.type === "system" && event.raw.subtype === "init")
        noteSession(String(event.raw.session_id));
      yield event;
    }
  } catch (error) {
    // What can no longer be read must not work on unseen.
    await session.live.end();
    throw error;
  }
}
