import { existsSync } from "node:fs";
import { resolveCwd } from "./options/resolve-cwd.js";
import type { ClaudeOptions } from "./options/types.js";
import { contentOf, type PromptItem, promptText } from "./prompt.js";
import { recordingKey } from "./recording/recording-key.js";
import { MODE_VARIABLE, type RecordingMode, recordingModeOf } from "./recording/recording-mode.js";
import { recordingPath, recordingsFolder } from "./recording/recordings-folder.js";
import { nextTurn } from "./recording/session-turns.js";

/** Everything that is decided before a turn starts. */
export interface TurnPlan {
  /** The first prompt of the turn, for people. */
  readonly prompt: string;
  readonly item: PromptItem;
  readonly options: ClaudeOptions;
  /** Absolute. */
  readonly cwd: string;
  readonly mode: RecordingMode;
  /** Whether the turn comes from a recording. */
  readonly replayed: boolean;
  /** Where the recording is, or would be. */
  readonly recordingPath: string;
  /** The turn's number in its session, from 1. */
  readonly turn: number;
  /** Names the recording. */
  readonly key: string;
}

/** Decides how a turn is to run. Looks whether a recording exists, and does nothing else. @throws InvalidOptionsError */
export function planTurn(item: PromptItem, options: ClaudeOptions): TurnPlan {
  const content = contentOf(item);
  const cwd = resolveCwd(options.cwd);
  const mode = options.mode ?? recordingModeOf(process.env);
  const { turn, previousKey } = nextTurn(options, cwd);
  const folder = recordingsFolder(options.recordingsDir, process.env);
  const key = recordingKey(content, options, turn, previousKey);
  const path = recordingPath(folder, key);
  const replayed = mode === "replay" || (mode === "auto" && existsSync(path));
  return { prompt: promptText(content), item, options, cwd, mode, replayed, recordingPath: path, turn, key };
}

/** How a CLI that is not there can be replaced by a recording; undefined where that was not tried. */
export function replayHint(plan: TurnPlan | undefined): string | undefined {
  if (plan?.mode !== "auto") return undefined;
  return `Or replay: this turn's recording would be \`${plan.recordingPath}\`; make it where the CLI is installed, with \`${MODE_VARIABLE}=record\`.`;
}
