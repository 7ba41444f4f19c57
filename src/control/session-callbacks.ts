import type { ClaudeOptions } from "../options/types.js";
import { type InProcessServer, isInProcess } from "../tools/mcp-bridge.js";
import type { OnElicitation } from "./elicitation.js";
import type { Hooks } from "./hook-types.js";
import { allowEveryTool, type CanUseTool, denyEveryPrompt } from "./permissions.js";
import type { OnUserDialog } from "./user-dialog.js";

/** What of a session runs in this process. */
export interface SessionCallbacks {
  readonly canUseTool?: CanUseTool | undefined;
  readonly hooks?: Hooks | undefined;
  readonly onElicitation?: OnElicitation | undefined;
  readonly onUserDialog?: OnUserDialog | undefined;
  readonly servers?: Readonly<Record<string, InProcessServer>> | undefined;
  readonly stderr?: ((text: string) => void) | undefined;
}

export function sessionCallbacks(options: ClaudeOptions): SessionCallbacks {
  const { hooks, onElicitation, onUserDialog, mcpServers } = options;
  const servers = typeof mcpServers === "object" ? Object.entries(mcpServers) : [];
  return {
    canUseTool: deciderOf(options),
    hooks,
    onElicitation,
    onUserDialog,
    stderr: stderrReader(options),
    servers: Object.fromEntries(
      servers.flatMap(([name, server]) => (isInProcess(server) ? [[name, server]] : [])),
    ),
  };
}

function deciderOf({ permissionMode, permissionPrompts, canUseTool }: ClaudeOptions): CanUseTool | undefined {
  if (permissionPrompts === "none") return denyEveryPrompt;
  return permissionMode === "acceptAll" ? allowEveryTool : canUseTool;
}

function stderrReader({ stderr, debugStderr }: ClaudeOptions): SessionCallbacks["stderr"] {
  if (!debugStderr) return stderr;
  return (text) => {
    stderr?.(text);
    debugStderr.write(text);
  };
}
