import { join, resolve } from "node:path";
import { stateFolder } from "../storage/state-folder.js";

/** Names the folder of the conversations. */
export const CONVERSATIONS_VARIABLE = "CLAUDE_NOTEBOOK_CONVERSATIONS";

/**
 * Where conversations are kept: in the folder that was given, else in the one that CLAUDE_NOTEBOOK_CONVERSATIONS names, else
 * in the user's folder for state.
 */
export function conversationsFolder(given: string | undefined, env: NodeJS.ProcessEnv): string {
  const chosen = given ?? env[CONVERSATIONS_VARIABLE];
  return chosen ? resolve(chosen) : join(stateFolder(env, process.platform), "conversations");
}
