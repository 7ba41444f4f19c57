import { callSites, MAX_FRAMES } from "./call-sites.js";

/** Who has written code that runs in a cell. */
export type Author = "user" | "claude";

/** How the names of their scripts begin. */
export const scriptNames: Readonly<Record<Author, string>> = { user: "cell-", claude: "cell-claude-" };

/**
 * Whether the calling code was called by a cell of the user's, and nothing of Claude's has a part in it. By the stack, and so no
 * wall: code that the user has let run can do anything. But what it leaves behind, a timer or a function, is no cell of the user's.
 */
export function isCalledByUser(): boolean {
  const frames = callSites();
  if (frames.length >= MAX_FRAMES) return false;
  const names = frames.map((frame) => frame.getFileName() ?? "");
  return (
    names.some((name) => name.startsWith(scriptNames.user)) &&
    !names.some((name) => name.startsWith(scriptNames.claude))
  );
}
