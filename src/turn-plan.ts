import { existsSync } from "node:fs";
import { resolveCwd } from "./options/resolve-cwd.js";
import type { ClaudeOptions } from "./options/types.js";
import { contentOf, type PromptItem, promptText } from "./prompt.js";
import { recordingKey } from "./recording/recording-key.js";
import { MODE_VARIABLE, type RecordingMode, recordingModeOf } from "./recording/recording-mode.js";
import { recordingPath, recordingsFolder } from "./recording/recordings-folder.js";
import { nextTurn } from "./recording/session-turns.js";
import { type TurnSetting, withContext } from "./turn-setting.js";

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
  /** Whether the turn runs and is recorded. */
  readonly recorded: boolean;
  /** Where the recording is, or would be. */
  readonly recordingPath: string;
  /** The turn's number in its session, from 1. */
  readonly turn: number;
  /** Names the recording. Made when it is first asked for: a turn that runs live need not wait for it. */
  readonly key: string;
}

/** Decides how a turn is to run. Looks whether a recording exists, and does nothing else. @throws InvalidOptionsError */
export function planTurn(prompt: PromptItem, options: ClaudeOptions, setting?: TurnSetting): TurnPlan {
  const content = contentOf(prompt);
  const cwd = resolveCwd(options.cwd);
  const mode = options.mode ?? recordingModeOf(process.env);
  const { turn, previousKey } = setting?.place ?? nextTurn(options, cwd);
  // At once, so that the variables of this moment count, and a name that cannot be is told.
  const folder = recordingsFolder(options.recordingsDir, process.env);
  const key = once(() => recordingKey(content, options, turn, previousKey, setting?.context?.kind));
  // A schema that cannot be said to the CLI is told now, and not when the turn is read.
  if (options.outputSchema) key();
  const path = (): string => recordingPath(folder, key());
  const replayed = mode === "replay" || ((mode === "auto" || mode === "update") && existsSync(path()));
  const recorded = mode === "record" || (mode === "update" && !replayed);
  const item = withContext(prompt, setting?.context);
  return {
    prompt: promptText(content),
    item,
    options,
    cwd,
    mode,
    replayed,
    recorded,
    turn,
    get recordingPath() {
      return path();
    },
    get key() {
      return key();
    },
  };
}

/** What a function gives the first time; it is called when it is needed, if it is. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** How a CLI that is not there can be replaced by a recording; undefined where that was not tried. */
export function replayHint(plan: TurnPlan | undefined): string | undefined {
  if (plan?.mode !== "auto" && plan?.mode !== "update") return undefined;
  return `Or replay: this turn's recording would be \`${plan.recordingPath}\`; make it where the CLI is installed, with \`${MODE_VARIABLE}=record\`.`;
}
