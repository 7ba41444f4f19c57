import { secretRules } from "../redact/redact-secrets.js";
import { replaceAll } from "../redact/spans.js";
import type { TurnEvent, TurnLine } from "../turn.js";
import { turnFailure } from "../turn-failure.js";
import type { TurnPlan } from "../turn-plan.js";
import { hasOutcome } from "./has-outcome.js";
import { homeFolders, placeRules } from "./places.js";
import { prepareRecording, writeRecording } from "./recording-file.js";
import { redactTurn } from "./redact-turn.js";

/** Says that a failure will not be replayed, and that an earlier recording of the turn still is. */
const NOT_RECORDED =
  "The turn was not recorded, because it ended without a result; what was recorded of it before, if anything, stays.";

/**
 * Passes a turn on and records it once it has come to a result, be it an error. A turn that was stopped is not recorded,
 * nor is one whose CLI failed: nobody wants it to stop there again.
 *
 * @throws RecordingError when the recording cannot be written; what {@link turnFailure} makes of a turn without a result.
 */
export async function* recordTurn(
  turn: AsyncIterable<TurnEvent>,
  plan: TurnPlan,
): AsyncGenerator<TurnEvent, void> {
  await prepareRecording(plan.recordingPath);
  const env = { ...process.env, ...plan.options.env };
  const secrets = secretRules(env);
  const places = placeRules(plan.cwd, homeFolders(process.env, { ...plan.options.env }));
  const text = [...secrets, ...places.text];
  const lines: TurnLine[] = [];
  for await (const event of turn) {
    if (event.type === "line") lines.push(event);
    else {
      if (!hasOutcome(lines, plan.options)) throw turnFailure(event, [NOT_RECORDED]);
      const { unfinishedLine } = event;
      await writeRecording(plan.recordingPath, {
        prompt: replaceAll(plan.prompt, text),
        turn: plan.turn,
        lines: redactTurn(lines, { text, json: [...secrets, ...places.json] }),
        end: {
          ...event,
          stderr: replaceAll(event.stderr, text),
          ...(unfinishedLine !== undefined && { unfinishedLine: replaceAll(unfinishedLine, text) }),
        },
      });
    }
    yield event;
  }
}
