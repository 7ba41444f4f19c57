import { setImmediate as nextLoop, setTimeout as sleep } from "node:timers/promises";
import { InvalidOptionsError, RecordingNotFoundError } from "../errors.js";
import type { RawMessage } from "../messages/parse-message.js";
import type { TurnEvent } from "../turn.js";
import { turnFailure } from "../turn-failure.js";
import type { TurnPlan } from "../turn-plan.js";
import { hasOutcome } from "./has-outcome.js";
import { mapStrings } from "./map-strings.js";
import { restorePlaces } from "./places.js";
import { readRecording, replayNote } from "./recording-file.js";

/** Replays at this multiple of the recorded pace; without it, as fast as possible. */
export const SPEED_VARIABLE = "CLAUDE_NOTEBOOK_REPLAY_SPEED";

/**
 * Gives a recorded turn again, with the times it was recorded with and this query's working folder in the place of the
 * recorded one. Between messages the event loop turns, as it does in a live turn.
 *
 * @param stop ends the turn; its reason is thrown.
 * @throws RecordingNotFoundError, RecordingError, what `stop` was given, and what {@link turnFailure} makes of a recording
 * that ends without a result, as earlier versions wrote them. The errors say that they come from a recording.
 */
export async function* replayTurn(plan: TurnPlan, stop: AbortSignal): AsyncGenerator<TurnEvent, void> {
  const speed = replaySpeed(process.env);
  const { lines, end } = await readRecording(plan.recordingPath).catch((error) => {
    throw RecordingNotFoundError.isInstance(error) ? notRecorded(plan) : error;
  });
  const startedAt = performance.now();
  for (const line of lines) {
    const dueMs = speed === undefined ? 0 : line.atMs / speed - (performance.now() - startedAt);
    await pause(dueMs, stop);
    const raw = mapStrings(line.raw, (text, field) =>
      restorePlaces(text, plan.cwd, field === "partial_json"),
    );
    yield { ...line, raw: raw as RawMessage };
  }
  await pause(0, stop);
  if (!hasOutcome(lines, plan.options)) throw turnFailure(end, [replayNote(plan.recordingPath)]);
  yield end;
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  try {
    if (ms > 0) await sleep(ms, undefined, { signal: stop });
    else await nextLoop();
  } catch {
    // Only `stop` ends a pause early; its reason says more than the timer's error.
  }
  stop.throwIfAborted();
}

function replaySpeed(env: NodeJS.ProcessEnv): number | undefined {
  const value = env[SPEED_VARIABLE];
  if (!value) return undefined;
  const speed = Number(value);
  if (speed > 0) return speed;
  const message = `${SPEED_VARIABLE} is ${JSON.stringify(value)}; it must be a number above 0, e.g. 1 for the recorded pace.`;
  throw new InvalidOptionsError(SPEED_VARIABLE, value, message);
}

/** How much of a prompt an error quotes, in characters. */
const SHOWN_PROMPT_LENGTH = 80;

function notRecorded({ prompt, turn, recordingPath }: TurnPlan): RecordingNotFoundError {
  const shown = prompt.length > SHOWN_PROMPT_LENGTH ? `${prompt.slice(0, SHOWN_PROMPT_LENGTH)}…` : prompt;
  const which = turn > 1 ? ` (turn ${turn} of its session)` : "";
  return new RecordingNotFoundError(
    recordingPath,
    `There is no recording of the prompt ${JSON.stringify(shown)}${which} with these options: ${recordingPath} does not exist.`,
    {
      hints: [
        "Record it where the claude CLI is installed: run this with `CLAUDE_NOTEBOOK_MODE=record`.",
        "Or run it live with `CLAUDE_NOTEBOOK_MODE=auto`; a recording elsewhere is found with `CLAUDE_NOTEBOOK_RECORDINGS`.",
      ],
    },
  );
}
