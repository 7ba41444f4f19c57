import { InvalidOptionsError } from "../errors.js";

/**
 * - `auto`: replays what is recorded, runs the rest live without recording it
 * - `live`: always runs
 * - `record`: always runs, and records
 * - `update`: replays what is recorded; runs the rest and records it
 * - `replay`: only replays; what is not recorded is an error
 */
export type RecordingMode = "auto" | "live" | "record" | "update" | "replay";

export const recordingModes = [
  "auto",
  "live",
  "record",
  "update",
  "replay",
] as const satisfies readonly RecordingMode[];

/** Names the mode for every query that does not choose one. */
export const MODE_VARIABLE = "CLAUDE_NOTEBOOK_MODE";

/** The mode of the environment: CLAUDE_NOTEBOOK_MODE, else `auto`. @throws InvalidOptionsError for another word. */
export function recordingModeOf(env: NodeJS.ProcessEnv): RecordingMode {
  const value = env[MODE_VARIABLE];
  if (!value) return "auto";
  const mode = recordingModes.find((known) => known === value);
  if (mode) return mode;
  throw new InvalidOptionsError(
    MODE_VARIABLE,
    value,
    `${MODE_VARIABLE} is ${JSON.stringify(value)}; it may be ${recordingModes.join(", ")}.`,
  );
}
