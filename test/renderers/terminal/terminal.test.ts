import { expect, test } from "vitest";
import { createResponse } from "../../../renderers/response/response.js";
import { createTerminalPrinter, renderTerminal } from "../../../renderers/terminal/terminal-printer.js";
import type { Message } from "../../../src/messages/types.js";
import { assistant, exampleTurn, result, toolResult } from "../response/messages.js";

const plain = { color: false, width: 80 };

function print(
  messages: readonly Message[],
  options = plain,
): { printed: string; writes: string[]; final: string } {
  const writes: string[] = [];
  const response = createResponse();
  const printer = createTerminalPrinter({ ...options, write: (text) => writes.push(text) });
  for (const message of messages) {
    response.apply(message);
    printer.update(response.parts);
  }
  return { printed: writes.join(""), writes, final: renderTerminal(response.parts, options) };
}

test("what is printed piece by piece is what is printed at once", () => {
  for (const color of [true, false]) {
    const { printed, final, writes } = print(exampleTurn(true), { color, width: 60 });
    expect(printed).toBe(final);
    expect(writes.length).toBeGreaterThan(4);
  }
});

test("a turn reads well without colour", () => {
  expect(print(exampleTurn(false)).printed).toBe(`● Thinking
  Let me think.

I will look.

● Bash ls -la
  file.txt
  ✓

Done.

— 2 turns · 1.5 s · 100 in (90% cached) · 5 out · $0.0100
`);
});

test("text is printed as it streams, a tool's headline before its result", () => {
  const { writes } = print(exampleTurn(true));
  expect(writes.some((text) => text.includes("I will") && !text.includes("look."))).toBe(true);
  expect(writes.some((text) => text.includes("● Bash ls -la") && !text.includes("file.txt"))).toBe(true);
});

test("escape sequences are written only when colour is wanted, and never those of a tool", () => {
  const messages = [
    assistant({ type: "tool_use", id: "t", name: "Bash", input: { command: "x" } }),
    toolResult("t", "\u001b[31mred\u001b]0;title\u0007"),
    result(),
  ];
  expect(print(messages).printed).not.toContain("\u001b");
  const coloured = print(messages, { color: true, width: 80 }).printed;
  expect(coloured).toMatch(/\u001b\[/);
  expect(coloured).not.toMatch(/\u001b\]|\u001b\[31mred/);
});

test("an emoji whose halves come apart is printed whole", () => {
  const delta = (text: string): Message =>
    ({
      type: "stream_event",
      event: { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } },
    }) as Message;
  expect(print([delta("a \ud83c"), delta("\udf89 b"), result()]).printed).toContain("a 🎉 b");
});

test("lines of panels are cut at the width of the terminal", () => {
  const messages = [
    assistant({ type: "tool_use", id: "t", name: "Bash", input: { command: "x".repeat(300) } }),
    toolResult("t", "y".repeat(300)),
  ];
  for (const line of print(messages, { color: false, width: 40 }).printed.split("\n"))
    expect(line.length).toBeLessThanOrEqual(40);
});
