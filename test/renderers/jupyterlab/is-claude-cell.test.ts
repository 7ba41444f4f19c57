import { expect, test } from "vitest";
import { runCellMagic } from "../../../kernel/magics/run-cell-magic.js";
import { isClaudeCell } from "../../../renderers/jupyterlab/src/is-claude-cell.js";

/** Whether the kernel takes a cell for a prompt: without a text below, it says that one is needed. */
async function asksClaude(code: string): Promise<boolean> {
  const site = { evaluate: async () => ({ value: undefined }) } as unknown as Parameters<
    typeof runCellMagic
  >[1];
  const said = await runCellMagic(code, site).catch(({ message }) => message);
  return /^%%claude needs a prompt/.test(said);
}

test.each([
  ["%%claude", true],
  ["%%claude --new -o answer\n", true],
  ["  %%claude\t--new", true],
  ["\n \r\n%%claude\n", true],
  ["%%claude:\n", true],
  ["%%claudette\n", false],
  ["%claude status", false],
  ["%% claude", false],
  ["const a = 1;\n%%claude\n", false],
  ["// %%claude", false],
  ["", false],
] as const)("%j is a prompt for the editor where it is one for the kernel", async (source, isPrompt) => {
  expect(isClaudeCell(source)).toBe(isPrompt);
  if (!source.includes(":")) expect(await asksClaude(source)).toBe(isPrompt);
});
