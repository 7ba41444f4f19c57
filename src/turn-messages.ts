import { parseMessage, type RawMessage } from "./messages/parse-message.js";
import type { Message } from "./messages/types.js";
import { markOrigin, type QueryOrigin } from "./origin.js";
import { type RunningTurn, runLiveTurn } from "./process/live-turn.js";
import { recordTurn } from "./recording/record-turn.js";
import { replayTurn } from "./recording/replay-turn.js";
import { noteTurn } from "./recording/session-turns.js";
import type { TurnEvent } from "./turn.js";
import { turnFailure } from "./turn-failure.js";
import type { TurnPlan } from "./turn-plan.js";

/**
 * The messages of one turn, from wherever the plan says, each marked with its origin. Ends once the CLI has ended.
 *
 * @param stop ends the turn; its reason is thrown.
 * @param onStart is told the process, if there is one.
 * @throws what {@link turnFailure} makes of a turn that ended without a result.
 */
export async function* turnMessages(
  plan: TurnPlan,
  origin: QueryOrigin,
  stop: AbortSignal,
  onStart: (running: RunningTurn) => void,
): AsyncGenerator<Message, void, void> {
  let hasResult = false;
  for await (const event of turnEvents(plan, stop, onStart)) {
    if (event.type === "end") {
      if (!hasResult) throw turnFailure(event);
      return;
    }
    const { raw, atMs } = event;
    noteSession(raw, plan);
    hasResult ||= raw.type === "result";
    // A recording may hold more than this query asks for.
    if (raw.type === "stream_event" && plan.options.includePartialMessages === false) continue;
    yield markOrigin(parseMessage(raw), { query: origin, atMs });
  }
}

function turnEvents(
  plan: TurnPlan,
  stop: AbortSignal,
  onStart: (running: RunningTurn) => void,
): AsyncIterable<TurnEvent> {
  if (plan.replayed) return replayTurn(plan, stop);
  const live = runLiveTurn(plan, stop, onStart);
  return plan.mode === "record" ? recordTurn(live, plan) : live;
}

function noteSession(raw: RawMessage, plan: TurnPlan): void {
  const session = raw.session_id;
  if (raw.type === "system" && raw.subtype === "init" && typeof session === "string") {
    noteTurn(session, plan.turn, plan.cwd);
  }
}
