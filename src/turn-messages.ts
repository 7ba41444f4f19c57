import { StructuredOutputError } from "./errors.js";
import { parseMessage, type RawMessage } from "./messages/parse-message.js";
import type { Message, ResultMessage } from "./messages/types.js";
import type { ClaudeOptions } from "./options/types.js";
import { markOrigin, type QueryOrigin } from "./origin.js";
import { createOutputGuard } from "./output/output-guard.js";
import { replayHints } from "./recording/recording-file.js";
import { noteTurn } from "./recording/session-turns.js";
import { noteRecordingUsed } from "./recording/used-recordings.js";
import type { TurnEvent } from "./turn.js";
import { turnFailure } from "./turn-failure.js";
import type { TurnPlan } from "./turn-plan.js";

/**
 * The messages of one turn, from the CLI or from a recording, each marked with its origin.
 *
 * @throws what {@link turnFailure} makes of a turn that ended without a result; StructuredOutputError after a result that
 * does not fit `outputSchema`.
 */
export async function* turnMessages(
  plan: TurnPlan,
  origin: QueryOrigin,
  events: AsyncIterable<TurnEvent>,
): AsyncGenerator<Message, void, void> {
  const judge = createOutputGuard(plan.options);
  let hasResult = false;
  if (plan.replayed || plan.recorded) noteRecordingUsed(plan.recordingPath);
  let failure: StructuredOutputError | undefined;
  const mark = (message: RawMessage, atMs: number): Message =>
    markOrigin(parseMessage(message), { query: origin, atMs });
  for await (const event of events) {
    if (event.type === "end") {
      if (failure) throw failure;
      if (!hasResult) throw turnFailure(event);
      return;
    }
    const { raw, atMs } = event;
    noteSession(raw, plan);
    if (raw.type !== "result") {
      if (isWanted(raw, plan.options)) yield mark(raw, atMs);
      continue;
    }
    const verdict = judge(raw);
    if (verdict.action === "retry") {
      const { attempt, problem } = verdict;
      const news = { type: "system", subtype: "output_retry", attempt, problem, session_id: raw.session_id };
      if (isWanted(news, plan.options)) yield mark(news, atMs);
      continue;
    }
    hasResult = true;
    const result = mark(verdict.action === "pass" ? verdict.raw : raw, atMs);
    yield result;
    if (verdict.action !== "fail") continue;
    failure = new StructuredOutputError(verdict.problem, verdict.output, result as ResultMessage, {
      hints: replayHints(result),
    });
    // A turn is recorded when it has ended.
    if (!plan.recorded) throw failure;
  }
}

/** A recording may hold more than this query asks for. */
function isWanted(raw: RawMessage, { includePartialMessages, outputFormat }: ClaudeOptions): boolean {
  if (outputFormat === "text" || outputFormat === "json") return false;
  return raw.type !== "stream_event" || includePartialMessages !== false;
}

function noteSession(raw: RawMessage, plan: TurnPlan): void {
  const session = raw.session_id;
  if (raw.type === "system" && raw.subtype === "init" && typeof session === "string") {
    noteTurn(session, plan);
  }
}
