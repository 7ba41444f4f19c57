import { homedir } from "node:os";
import { secretRules } from "../redact/redact-secrets.js";
import { replaceAll } from "../redact/spans.js";
import type { TurnEvent, TurnLine } from "../turn.js";
import type { TurnPlan } from "../turn-plan.js";
import { placeRules } from "./places.js";
import { prepareRecording, writeRecording } from "./recording-file.js";
import { redactTurn } from "./redact-turn.js";

/**
 * Passes a turn on and records it once it has ended by itself, whether well or badly. A turn that was stopped is not
 * recorded: nobody wants it to stop there again.
 *
 * @throws RecordingError when the recording cannot be written.
 */
export async function* recordTurn(
  turn: AsyncIterable<TurnEvent>,
  plan: TurnPlan,
): AsyncGenerator<TurnEvent, void> {
  await prepareRecording(plan.recordingPath);
  const env = { ...process.env, ...plan.options.env };
  const secrets = secretRules(env);
  const places = placeRules(plan.cwd, env.HOME ?? homedir());
  const text = [...secrets, ...places.text];
  const lines: TurnLine[] = [];
  for await (const event of turn) {
    if (event.type === "line") lines.push(event);
    else {
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
