import type { ClaudeOptions } from "../../src/options/types.js";
import { notebookHost } from "../host.js";
import type { VariableChanges } from "../turn-changes/variable-changes.js";
import { createNotebookServer, NOTEBOOK_RULE, NOTEBOOK_SERVER } from "./tools/notebook-tools.js";

/**
 * The options with the notebook's tools. Without them where there is no notebook, where the caller has a server of that name, or
 * where the servers stand in a file.
 *
 * @param variables is told what the turn's code does to them.
 */
export function withNotebook(options: ClaudeOptions, variables: VariableChanges | undefined): ClaudeOptions {
  const host = notebookHost();
  const cell = host?.currentCell();
  const { mcpServers = {}, allowedTools = [] } = options;
  if (!host?.notebook || !cell || typeof mcpServers === "string" || NOTEBOOK_SERVER in mcpServers)
    return options;
  const server = createNotebookServer({ notebook: host.notebook, cell, variables });
  return {
    ...options,
    mcpServers: { ...mcpServers, [NOTEBOOK_SERVER]: server },
    allowedTools: [...allowedTools, NOTEBOOK_RULE],
  };
}
