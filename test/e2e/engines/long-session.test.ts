import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

/** tslab's cells take some 20 ms each: all of them in the soak only. */
const sessions = [
  ["typescript", 500],
  ["tslab", process.env.SOAK ? 500 : 25],
] as const;

/** Cells as a long session has them: variables, functions, classes and types, each used by the next, some declared again. */
function cellOf(i: number): { code: string; result: string } {
  const forms = [
    { code: `const v${i} = ${i}; total += v${i}; v${i}`, result: String(i) },
    { code: `function f${i}(n: number) { return n + ${i} } f${i}(1)`, result: String(i + 1) },
    { code: `class C${i} { x = ${i} } new C${i}().x`, result: String(i) },
    {
      code: `interface Row { id: number; again?: string } const row${i}: Row = { id: ${i} }; row${i}.id`,
      result: String(i),
    },
    {
      code: `const again = { n: ${i}, text: "x" }; list.push(again.n); list.length`,
      result: String(Math.floor(i / 5) + 1),
    },
  ];
  return forms[i % forms.length] as { code: string; result: string };
}

describe.each(sessions)("with the engine %s", (engine, cells) => {
  let kernel: KernelClient;
  beforeAll(async () => {
    kernel = await startKernelClient({ env: { CLAUDE_NOTEBOOK_ENGINE: engine } });
  });
  afterAll(() => kernel?.close());

  test(`${cells} cells run in one session, and the first ones' names are there at its end`, async () => {
    await kernel.execute("let total = 0; const list: number[] = []");
    for (let i = 0; i < cells; i++) {
      const { code, result } = cellOf(i);
      const ran = await kernel.execute(code);
      expect(ran.reply.evalue, code).toBeUndefined();
      expect(ran.result, code).toBe(result);
    }
    expect((await kernel.execute("[v0, f1(1), new C2().x, total > v0]")).result).toBe("[ 0, 2, 2, true ]");
    expect((await kernel.execute("v0.nope")).reply.ename).toBe("CompileError");
  }, 300_000);

  test("what was declared again and nothing uses any more is released, code and all", async () => {
    for (let i = 0; i < 40; i++) {
      const { reply } = await kernel.execute(
        `const big = new Uint8Array(25_000_000); const read = () => big.length; big[0] = ${i}`,
      );
      expect(reply.evalue).toBeUndefined();
    }
    // A gigabyte was made; V8 has until then collected what it can. The last one is in use.
    const held = "Math.round(process.memoryUsage().arrayBuffers / 25_000_000)";
    await expect
      .poll(async () => Number((await kernel.execute(`new Uint8Array(100_000_000); ${held}`)).result), {
        timeout: 20_000,
      })
      .toBeLessThan(15);
    expect((await kernel.execute("read()")).result).toBe("25000000");
  }, 120_000);
});
