import { expect, test } from "vitest";
import { formatFailure } from "../../kernel/cli/cell-lines.js";
import { onlyColours } from "../../kernel/only-colours.js";

const RED = "\u001b[31mred\u001b[39m";

test.each([
  ["clears the screen", "\u001b[2J"],
  ["moves the cursor", "\u001b[10;1H"],
  ["names the window", "\u001b]0;title\u0007"],
  ["writes to the clipboard", "\u001b]52;c;cm0gLXJm\u001b\\"],
  ["asks the terminal to answer", "\u001b[6n"],
  ["rings, deletes and returns", "\u0007\b\r"],
  ["is of eight bits", "\u009b2J"],
])("what %s is taken out of a failure's text; colours stay", (_what, sequence) => {
  const shown = onlyColours(`${RED} a${sequence}b`);
  expect(shown.startsWith(RED)).toBe(true);
  expect(shown.slice(RED.length)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  const failure = {
    number: 1,
    index: 0,
    outcome: "error",
    message: `x${sequence}y`,
    traceback: [RED],
    isExpected: false,
  };
  expect(formatFailure(failure as never, true).replaceAll(/\u001b\[[\d;]*m/g, "")).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/,
  );
});

test("lines, tabs and all other text stay as they are", () => {
  const text = `${RED}\n\tat cell[1]:1:22 — ✗ 日本語`;
  expect(onlyColours(text)).toBe(text);
});
