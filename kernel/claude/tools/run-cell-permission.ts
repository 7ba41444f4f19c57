import { randomUUID } from "node:crypto";
import { hostAsker } from "../../../src/control/permission-asker.js";
import type { CellHandle } from "../../host.js";

/** What a cell of this kernel has allowed for good. */
let isAllowed = false;

/** Lets `run_cell` run unasked from here on. Only code of cells calls it: `claude.allow("run_cell")`. */
export function allowRunCell(): void {
  isAllowed = true;
}

/**
 * Asks the user whether code of Claude's may run in the kernel. Here and not by the CLI: code in the kernel can do whatever a
 * Bash command can, so no mode and no rule of the CLI may let it pass.
 *
 * @returns why not; undefined when it may.
 */
export async function whyRefused(
  cell: CellHandle,
  code: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (isAllowed) return undefined;
  const ask = hostAsker();
  if (!ask) return "Nobody can be asked here, so no code runs.";
  const context = { signal, toolUseID: "", requestId: randomUUID(), suggestions: [] };
  const answer = await ask(cell, "mcp__notebook__run_cell", { code }, context);
  if (answer.behavior === "deny") return answer.message;
  // What runs is what was asked about, and nothing else.
  return answer.updatedInput === undefined || answer.updatedInput.code === code
    ? undefined
    : "The code was changed while it was asked about.";
}
