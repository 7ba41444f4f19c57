import { mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createScriptedApi, type ScriptedApi, type ScriptedConversation } from "../../src/testing/index.js";
import { ensureClaudeBinary } from "./claude-binary.js";
import { tempFolder } from "./temp-folder.js";

/** The real `claude`, connected to a script in place of a model. */
export interface ScriptedClaude {
  readonly api: ScriptedApi;
  /** Environment of a kernel or program whose `claude` it is; complete, nothing is inherited. */
  readonly env: Record<string, string>;
}

/** Puts the pinned `claude` on the PATH of a fresh home folder. The caller closes the API. */
export async function scriptedClaude(
  script: readonly ScriptedConversation[],
  options: { delayMs?: number } = {},
): Promise<ScriptedClaude> {
  const home = tempFolder();
  const bin = join(home, "bin");
  mkdirSync(bin);
  symlinkSync(await ensureClaudeBinary(), join(bin, "claude"));
  const api = await createScriptedApi(script, options);
  const env = api.env(home);
  return { api, env: { ...env, PATH: [bin, env.PATH].join(delimiter), CLAUDE_NOTEBOOK_MODE: "live" } };
}
