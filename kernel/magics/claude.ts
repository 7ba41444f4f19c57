import type { Magic } from "./magic.js";

/** Asks Claude with the text of a cell. */
export const claudeMagic: Magic = {
  name: "claude",
  usage: "%%claude [OPTIONS]",
  summary: "Ask Claude: {name} inserts a value, -o NAME keeps the turn, --new begins another conversation",
  async runCell({ args, body, cell }) {
    // With its renderers, which the kernel does not load before a cell asks.
    const { runClaudeCell } = await import("../claude/run-claude-cell.js");
    await runClaudeCell(args, body, cell);
    return undefined;
  },
};
