import { ControlRequestError } from "../errors.js";
import type { ClaudeOptions } from "../options/types.js";
import { createQueryRun } from "../query-run.js";
import type { TurnCheckpoint } from "./turn-checkpoint.js";

/** A CLI that can put the files of a session back. */
export interface Rewind {
  /** The files that would change, as absolute paths. @throws ControlRequestError when the CLI has no such checkpoint. */
  preview(): Promise<readonly string[]>;
  /** Puts them back. @throws ControlRequestError */
  run(): Promise<void>;
  close(): Promise<void>;
}

/** What decides where a CLI is and what it has kept; servers, hooks and tools are of no use to it here. */
const PLACES = [
  "cwd",
  "env",
  "additionalDirectories",
  "pathToClaudeCodeExecutable",
  "executable",
  "executableArgs",
  "spawnClaudeCodeProcess",
  "user",
  "provider",
  "auth",
  "logger",
] as const satisfies (keyof ClaudeOptions)[];

/** Opens a session that has ended, to put files back to what they were before a query; nothing is asked. */
export function openRewind({ promptUuid, options }: TurnCheckpoint, sessionId: string): Rewind {
  const places = Object.fromEntries(PLACES.map((name) => [name, options[name]])) as ClaudeOptions;
  const session = createQueryRun("(never sent)", {
    ...places,
    resume: sessionId,
    enableFileCheckpointing: true,
    mode: "live",
  });
  const rewind = async (dryRun: boolean): Promise<readonly string[]> => {
    const { canRewind, error, filesChanged } = await session.rewindFiles(promptUuid, { dryRun });
    if (!canRewind) throw new ControlRequestError("rewind_files", error ?? "the CLI cannot put them back.");
    return filesChanged ?? [];
  };
  return {
    preview: () => rewind(true),
    run: async () => void (await rewind(false)),
    close: () => session.close(),
  };
}
