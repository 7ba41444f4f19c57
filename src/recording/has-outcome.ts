import type { ClaudeOptions } from "../options/types.js";
import { createOutputGuard } from "../output/output-guard.js";
import type { TurnLine } from "../turn.js";

/**
 * Whether a turn came to its own end: to a result, be it an error of Claude, the API or a limit, that was not sent back
 * for another answer. What ends otherwise has failed on this machine.
 */
export function hasOutcome(lines: readonly TurnLine[], options: ClaudeOptions): boolean {
  const judge = createOutputGuard(options);
  return lines.some(({ raw }) => raw.type === "result" && judge(raw).action !== "retry");
}
