import { type ClaudeCommandOptions, runClaudeOrThrow } from "./run-claude.js";

/** What an update did. */
export interface UpdateResult {
  /** Whether there is another version now. */
  readonly updated: boolean;
  /** Undefined when the CLI did not say. */
  readonly previousVersion: string | undefined;
  readonly version: string | undefined;
  /** What the CLI said. */
  readonly output: string;
}

/** The CLI downloads about 250 MB. */
const UPDATE_TIMEOUT_MS = 10 * 60_000;

const VERSION = String.raw`(\d+\.\d+\.\d+[\w.-]*?)`;
const CURRENT = new RegExp(String.raw`current version: ${VERSION}\.?\s`, "i");
const UPDATED = new RegExp(String.raw`updated from ${VERSION} to (?:version )?${VERSION}\.?(?:\s|$)`, "i");

/**
 * Updates the CLI with its own installer: this changes the installation of this machine.
 *
 * @throws CLINotFoundError, CLIConnectionError; CommandError when the update failed.
 */
export async function update(options: ClaudeCommandOptions = {}): Promise<UpdateResult> {
  const result = await runClaudeOrThrow(["update"], { timeoutMs: UPDATE_TIMEOUT_MS, ...options });
  const output = `${result.stdout}${result.stderr}`.trim();
  const updated = UPDATED.exec(output);
  const previousVersion = updated?.[1] ?? CURRENT.exec(`${output}\n`)?.[1];
  return { updated: updated !== null, previousVersion, version: updated?.[2] ?? previousVersion, output };
}
