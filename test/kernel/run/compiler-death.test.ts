import { afterEach, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient | undefined;
afterEach(async () => {
  await kernel?.close();
  kernel = undefined;
});

/** More than a compiler with a small heap can parse: the text has 8 MB, its syntax tree many times that. */
const huge = `const all = [${"{ a: 1, b: [2, 3] },\n".repeat(400_000)}];`;

test("a compiler that runs out of memory is replaced: the cell says why, earlier cells and their types are there", async () => {
  kernel = await startKernelClient({ env: { NODE_OPTIONS: "--max-old-space-size=400" } });
  await kernel.execute("interface Point { x: number }\nlet point: Point = { x: 1 };");
  const { reply } = await kernel.execute(huge, { timeoutMs: 90_000 });
  expect(reply).toMatchObject({ status: "error", ename: "CompilerError" });
  expect(reply.evalue).toMatch(/memory was full.*--max-old-space-size.*earlier cells are there/s);
  expect(kernel.log()).toMatch(/memory was full/);
  expect((await kernel.execute("point = { x: 2 }; point.x")).result).toBe("2");
  const wrong = await kernel.execute("point = { y: 2 }");
  expect(wrong.reply).toMatchObject({ ename: "CompileError" });
  const completed = await kernel.request("complete_request", { code: "point.", cursor_pos: 6 });
  expect(completed.reply.matches).toEqual(["x"]);
}, 120_000);

test("a first cell that the compiler cannot take fails, and the kernel lives", async () => {
  kernel = await startKernelClient({ env: { NODE_OPTIONS: "--max-old-space-size=400" } });
  const { reply } = await kernel.execute(huge, { timeoutMs: 90_000 });
  expect(reply).toMatchObject({ status: "error", ename: "CompilerError" });
  expect((await kernel.execute("1 + 1")).result).toBe("2");
}, 120_000);
