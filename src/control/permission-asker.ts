import type { ClaudeOptions } from "../options/types.js";
import { currentQueryContext } from "../origin.js";
import type { CanUseTool } from "./permissions.js";

/** Asks the user about tool calls in the name of a host. @param asker what the host said was running, see `setQueryContext` */
export type PermissionAsker = (asker: unknown, ...call: Parameters<CanUseTool>) => ReturnType<CanUseTool>;

const ASKER = Symbol.for("claude-notebook.permission-asker");

type Registry = { [ASKER]?: PermissionAsker | undefined };

/** Modes in which the CLI asks nobody, or in which it is decided already who answers. */
const ASKING_MODES: readonly unknown[] = [undefined, "default", "acceptEdits", "plan", "auto"];

/** Lets a host (a notebook kernel) ask its user wherever neither rules nor options decide. Global, for second copies of this package. */
export function setPermissionAsker(asker: PermissionAsker | undefined): void {
  (globalThis as Registry)[ASKER] = asker;
}

/** What the host asks its user with, for questions that do not come from the CLI; undefined without a host. */
export function hostAsker(): PermissionAsker | undefined {
  return (globalThis as Registry)[ASKER];
}

/** The options with the host's asker as `canUseTool`, unless they say who decides; the same options without a host. */
export function withPermissionAsker(options: ClaudeOptions): ClaudeOptions {
  const ask = hostAsker();
  const isDecided =
    options.canUseTool !== undefined ||
    options.permissionPromptToolName !== undefined ||
    !ASKING_MODES.includes(options.permissionMode);
  if (!ask || isDecided || options.dangerouslySkipPermissions) return options;
  const asker = currentQueryContext();
  return { ...options, canUseTool: (...call) => ask(asker, ...call) };
}
