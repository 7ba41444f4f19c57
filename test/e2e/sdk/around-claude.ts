import { mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ClaudeCommandOptions } from "../../../src/index.js";
import { cleanClaudeEnv } from "../../../src/testing/index.js";
import { ensureClaudeBinary } from "../../support/claude-binary.js";
import { removeFolder } from "../../support/remove-folder.js";

/** The real CLI's own commands in a clean home and project; both are gone after the test. */
export interface AroundClaude {
  readonly home: string;
  /** The CLI's folder in that home. */
  readonly configDir: string;
  /** The project, empty. */
  readonly cwd: string;
  readonly options: ClaudeCommandOptions & { readonly cliPath: string; readonly cwd: string };
}

/**
 * Never run `update` with these: the real CLI installs into npm's global folder, whatever HOME says. The prefix of npm
 * is set here as well, so that a slip stays in the temporary folder.
 */
export async function aroundClaude(env: Readonly<Record<string, string>> = {}): Promise<AroundClaude> {
  const cliPath = await ensureClaudeBinary();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "claude-notebook-cli-")));
  onTestFinished(() => removeFolder(folder));
  const home = join(folder, "home");
  const cwd = join(folder, "a project");
  for (const made of [home, cwd]) mkdirSync(made);
  const clean = { ...cleanClaudeEnv(home, "http://127.0.0.1:9"), ANTHROPIC_API_KEY: undefined };
  const options = { cliPath, cwd, env: { ...clean, npm_config_prefix: join(folder, "npm"), ...env } };
  return { home, configDir: join(home, ".claude"), cwd, options };
}
