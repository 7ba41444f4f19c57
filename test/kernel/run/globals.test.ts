import { afterAll, beforeAll, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
});
afterAll(() => kernel.close());

test("a name made up at run time finds the function before anything has loaded it", async () => {
  expect((await kernel.execute("typeof globalThis[['que', 'ry'].join('')]")).result).toBe("'function'");
});

test("the notebook's functions are there without an import", async () => {
  const { result, reply } = await kernel.execute(
    "[query, ClaudeSDKClient, display, display_claude_response, displayClaudeResponse, render_markdown, renderMarkdown, input, prompt, clearOutput].map((f) => typeof f).join()",
  );
  expect(reply.evalue).toBeUndefined();
  expect(result).toBe(`'${Array(10).fill("function").join()}'`);
});

test.each([
  ["const query = 1", "query + 1", "2"],
  ["let display = 'mine'", "display.length", "4"],
  ["function render_markdown(n: number) { return n * 2 }", "render_markdown(4)", "8"],
  ["class input { a = 5 }", "new input().a", "5"],
  ['import { query } from "claude-notebook"', "typeof query", "'function'"],
])("a cell that says `%s` has its own, and so have the cells after it", async (code, use, result) => {
  expect((await kernel.execute(code)).reply.evalue).toBeUndefined();
  expect((await kernel.execute(use)).result).toBe(result);
  expect((await kernel.execute("typeof clearOutput")).result).toBe("'function'");
});

test("assigning to a global replaces it for good", async () => {
  await kernel.execute("(globalThis as any).renderMarkdown = 'replaced'");
  expect((await kernel.execute("renderMarkdown as any")).result).toBe("'replaced'");
});
