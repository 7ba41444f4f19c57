import { resolve } from "node:path";

/**
 * Names the conversation of a notebook's cells: by the notebook's path, which `claude-notebook run` sets, else by the name of
 * the session that jupyter_server sets (the notebook's path too). Undefined where neither is known: then the conversation ends
 * with its kernel.
 *
 * @see https://github.com/jupyter-server/jupyter_server/blob/main/jupyter_server/services/sessions/sessionmanager.py
 */
export function conversationName(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): string | undefined {
  const path = env.CLAUDE_NOTEBOOK_PATH || env.JPY_SESSION_NAME;
  return path ? resolve(folder, path) : undefined;
}
