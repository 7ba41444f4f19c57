import type { Magic } from "./magic.js";

/** Asks Claude with the text of a cell; in a line, says whether turns run or are replayed. */
export const claudeMagic: Magic = {
  name: "claude",
  usage: "%%claude [OPTIONS] | %claude [record [--all] | replay | live | auto | status]",
  summary:
    "Ask Claude: {name} inserts a value, -o NAME keeps the turn, --new begins another conversation; in a line: record or replay the turns that follow",
  async runLine({ args }) {
    const { claudeMode } = await import("./claude-mode.js");
    process.stdout.write(await claudeMode(args, process.env));
  },
  async runCell({ args, body, cell }) {
    // With its renderers, which the kernel does not load before a cell asks.
    const { runClaudeCell } = await import("../claude/run-claude-cell.js");
    await runClaudeCell(args, body, cell);
    return undefined;
  },
};
