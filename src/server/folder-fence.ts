import { homedir } from "node:os";
import { resolve } from "node:path";
import type { HookMatcher } from "../control/hook-types.js";
import type { AllowedFolders } from "./allowed-folders.js";

/** Where the tools that take a path have it. Bash is not among them: what a command reads cannot be told from its text. */
const pathFields: Readonly<Record<string, readonly string[]>> = {
  Read: ["file_path"],
  Edit: ["file_path"],
  MultiEdit: ["file_path"],
  Write: ["file_path"],
  NotebookEdit: ["notebook_path"],
  Glob: ["path", "pattern"],
  Grep: ["path"],
  LS: ["path"],
};

/**
 * Blocks tools that would touch a file outside of the allowed folders, whatever rules and clients approve: a client may ask
 * for `Read` without being asked, and that must not mean every file of the machine.
 */
export function folderFence(folders: AllowedFolders): HookMatcher<"PreToolUse"> {
  return {
    matcher: Object.keys(pathFields).join("|"),
    hooks: [
      ({ tool_name, tool_input, cwd }) => {
        const base = typeof tool_input.path === "string" ? resolve(cwd, atHome(tool_input.path)) : cwd;
        const outside = (pathFields[tool_name] ?? []).find((field) => {
          const value = tool_input[field];
          if (typeof value !== "string") return false;
          return field === "pattern"
            ? !isPatternInside(value, base)
            : !folders.contains(resolve(cwd, atHome(value)));
        });
        if (outside === undefined) return {};
        const reason = `${tool_input[outside]} is outside of the folders that this server allows.`;
        return { decision: "block", reason };
      },
    ],
  };

  /** A pattern searches from its part before the first wildcard on; after one, `..` could lead anywhere. */
  function isPatternInside(pattern: string, base: string): boolean {
    if (/(^|[\\/{,])\.\.([\\/},]|$)/.test(pattern)) return false;
    const fixed = /^[^*?{[]*/.exec(atHome(pattern))![0];
    const folderEnd = Math.max(fixed.lastIndexOf("/"), fixed.lastIndexOf("\\")) + 1;
    return folders.contains(resolve(base, fixed.slice(0, folderEnd) || "."));
  }
}

/** `~` is the home folder to some tools. */
function atHome(path: string): string {
  return /^~(?=$|[\\/])/.test(path) ? homedir() + path.slice(1) : path;
}
