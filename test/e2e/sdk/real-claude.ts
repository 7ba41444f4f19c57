import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { QueryOptions } from "../../../src/index.js";
import {
  cleanClaudeEnv,
  createScriptedApi,
  type ScriptedApi,
  type ScriptedApiOptions,
  type ScriptedConversation,
} from "../../../src/testing/index.js";
import { ensureClaudeBinary } from "../../support/claude-binary.js";
import { removeFolder } from "../../support/remove-folder.js";

/** The real CLI in a clean home, talking to a scripted API; all of it is gone after the test. */
export interface RealClaude {
  readonly api: ScriptedApi;
  /** The working folder, empty. */
  readonly cwd: string;
  readonly options: QueryOptions;
}

export async function realClaude(
  script: readonly ScriptedConversation[],
  options: QueryOptions = {},
  apiOptions: ScriptedApiOptions = {},
): Promise<RealClaude> {
  const pathToClaudeCodeExecutable = await ensureClaudeBinary();
  const api = await createScriptedApi(script, apiOptions);
  const folder = mkdtempSync(join(tmpdir(), "claude-notebook-e2e-"));
  const cwd = mkdtempSync(join(folder, "work-"));
  onTestFinished(async () => {
    await api.close();
    await removeFolder(folder);
  });
  const env = { ...cleanClaudeEnv(join(folder, "home"), api.url), ...options.env };
  return { api, cwd, options: { mode: "live", pathToClaudeCodeExecutable, cwd, ...options, env } };
}
