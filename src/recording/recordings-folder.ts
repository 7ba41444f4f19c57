import { join, resolve } from "node:path";

/** Names the folder of the recordings for every query that does not choose one. */
export const RECORDINGS_VARIABLE = "CLAUDE_NOTEBOOK_RECORDINGS";

/** The `recordingsDir` option, else CLAUDE_NOTEBOOK_RECORDINGS, else `recordings`: each seen from the working folder. */
export function recordingsFolder(
  given: string | undefined,
  env: NodeJS.ProcessEnv,
  cwd: string = process.cwd(),
): string {
  return resolve(cwd, given ?? (env[RECORDINGS_VARIABLE] || "recordings"));
}

export function recordingPath(folder: string, key: string): string {
  return join(folder, `${key}.jsonl`);
}
