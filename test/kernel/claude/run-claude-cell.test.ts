import { expect, test } from "vitest";
import { readClaudeCell } from "../../../kernel/claude/run-claude-cell.js";

test("the options of a cell are read from its first line", () => {
  expect(readClaudeCell("")).toEqual({ options: {}, output: undefined });
  expect(
    readClaudeCell('--new -o answer --model sonnet --max-turns 3 --allow Read --allow "Bash(git log:*)"'),
  ).toEqual({
    output: "answer",
    options: { new: true, model: "sonnet", maxTurns: 3, allowedTools: ["Read", "Bash(git log:*)"] },
  });
});

test.each([
  ["--modle x", "Unknown option '--modle'"],
  ["what is it?", "what is no option; the prompt goes below"],
  ["-o const", "const cannot be the name of a variable"],
  ["-o await", "await cannot be the name of a variable"],
  ["-o 2x", "2x cannot be the name of a variable"],
])("%j is refused with what can be written", (args, message) => {
  expect(() => readClaudeCell(args)).toThrow(message);
});
