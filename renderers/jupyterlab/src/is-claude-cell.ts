/** As the kernel reads a cell magic (kernel/magics/run-cell-magic.ts), blank lines above it too. */
const CLAUDE_CELL = /^(?:[ \t]*\r?\n)*[ \t]*%%claude(?!\w)/;

/** Whether a cell is a prompt: it begins with `%%claude`. */
export function isClaudeCell(source: string): boolean {
  return CLAUDE_CELL.test(source);
}
