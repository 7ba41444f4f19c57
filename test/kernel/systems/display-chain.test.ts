import { afterEach, expect, test, vi } from "vitest";
import { createChain, display_chain } from "../../../kernel/systems/chains.js";

afterEach(() => vi.restoreAllMocks());

const build = (work: () => unknown) =>
  createChain({ name: "plain", now: () => 0 })
    .run("first", () => 1)
    .run("second", work)
    .build();

function printed(): string[] {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void lines.push(String(line)));
  return lines;
}

test("outside a notebook a chain prints a line for each step as it goes, and the diagram at the end", async () => {
  const lines = printed();
  const { outputs } = await display_chain(build(() => 2).execute());
  expect(outputs).toEqual({ first: 1, second: 2 });
  expect(lines).toEqual([
    "▸ first",
    "✓ first",
    "▸ second",
    "✓ second",
    "\nChain plain (2 of 2 steps)\n  ✓ first\n  ✓ second",
  ]);
});

test("a chain that fails is shown before its error is thrown", async () => {
  const lines = printed();
  const fail = (): never => {
    throw new Error("it broke");
  };
  await expect(display_chain(build(fail).execute())).rejects.toThrow(/`second` .*it broke/);
  expect(lines.at(-1)).toContain("✗ second (failed)\n    it broke");
});
