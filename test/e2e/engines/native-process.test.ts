import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { isAlive, type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { findCompiler } from "./processes.js";

let kernel: KernelClient | undefined;
/** Compilers that a test has found: a failing test must not leave one that computes for minutes. */
const compilers = new Set<number>();
afterEach(async () => {
  for (const pid of compilers) if (isAlive(pid)) process.kill(pid, "SIGKILL");
  compilers.clear();
  await kernel?.close();
  kernel = undefined;
});

const letters = (count: number): string[] => Array.from("abcdefghij".slice(0, count), (each) => `"${each}"`);

/**
 * A cell whose value is `count` and whose check costs time: all orders of so many letters are a union. 7 take two seconds
 * on a slow machine, 8 take twenty; more would take all of the memory.
 */
function slowCell(count: number): string {
  return `type Orders<T, U = T> = [T] extends [never] ? [] : T extends U ? [T, ...Orders<Exclude<U, T>>] : never;
const order: Orders<${letters(count).join(" | ")}> = [${letters(count).join(", ")}];
order.length`;
}

async function start(): Promise<KernelClient> {
  kernel = await startKernelClient({ env: { CLAUDE_NOTEBOOK_ENGINE: "typescript" } });
  await kernel.execute("let kept = 1; const twice = (n: number) => 2 * n; interface Row { a: string }");
  return kernel;
}

function compilerOf({ process }: KernelClient): number {
  const pid = findCompiler(process.pid as number);
  if (pid === undefined) throw new Error("The kernel has no compiler process");
  compilers.add(pid);
  return pid;
}

// Processes are found in /proc.
describe.skipIf(process.platform !== "linux")("the compiler's process", () => {
  test("killed twenty times, between and during checks, costs no cell and no variable, and nothing of the types", async () => {
    const client = await start();
    for (let round = 0; round < 10; round++) {
      // The one that the last round has killed is back when there is something to check.
      await client.execute("kept");
      process.kill(compilerOf(client), "SIGKILL");
      const { result, reply } = await client.execute(`kept = twice(${round}); kept`);
      expect(reply.evalue).toBeUndefined();
      expect(result).toBe(String(2 * round));

      const id = await client.send("execute_request", { code: slowCell(7) });
      await sleep(100);
      process.kill(compilerOf(client), "SIGKILL");
      const slow = await client.finished(id, 60_000);
      expect(slow.reply.evalue).toBeUndefined();
      expect(slow.result).toBe("7");
    }
    expect((await client.execute("const row: Row = { a: 1 }")).reply.evalue).toMatch(/not assignable/);
    expect((await client.execute("twice('x')")).reply.ename).toBe("CompileError");
    const code = "twi";
    const { reply } = await client.request("complete_request", { code, cursor_pos: code.length });
    expect(reply.matches).toContain("twice");
  });

  test.each([
    [
      "SIGINT to the kernel's process group",
      (client: KernelClient) => void process.kill(-(client.process.pid as number), "SIGINT"),
    ],
    ["an interrupt message", (client: KernelClient) => client.request("interrupt_request", {}, "control")],
    [
      "a storm of fifty SIGINTs",
      async (client: KernelClient) => {
        for (let i = 0; i < 50; i++) {
          process.kill(-(client.process.pid as number), "SIGINT");
          await sleep(10);
        }
      },
    ],
  ])(
    "%s during a check that takes long ends the cell, and the next cells are checked as before",
    async (_how, interrupt) => {
      const client = await start();
      compilerOf(client);
      const id = await client.send("execute_request", { code: slowCell(8) });
      await sleep(1000);
      await interrupt(client);
      const { reply } = await client.finished(id, 20_000);
      expect(reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
      // Signals take their way; one that comes when the next cell runs is meant for that cell.
      await sleep(500);
      const next = await client.execute("kept = twice(4); kept", { timeoutMs: 20_000 });
      expect(next.reply.evalue).toBeUndefined();
      expect(next.result).toBe("8");
      expect((await client.execute("const row: Row = { a: 1 }")).reply.evalue).toMatch(/not assignable/);
    },
  );

  test("completion is answered while a cell runs, after the compiler was killed", async () => {
    const client = await start();
    const id = await client.send("execute_request", {
      code: "await new Promise((r) => setTimeout(r, 3000)); kept",
    });
    process.kill(compilerOf(client), "SIGKILL");
    const { reply } = await client.request("complete_request", { code: "Math.", cursor_pos: 5 });
    expect(reply.matches).toContain("floor");
    expect((await client.finished(id)).result).toBe("1");
  });

  test.each([
    ["idle", undefined],
    ["in the middle of a check that takes long", slowCell(8)],
    ["running an endless loop", "while (true) {}"],
  ])("ends with a kernel that is killed while it is %s", async (_what, code) => {
    const client = await start();
    const compiler = compilerOf(client);
    if (code !== undefined) {
      await client.send("execute_request", { code });
      await sleep(1000);
    }
    client.process.kill("SIGKILL");
    await client.exited();
    await expect.poll(() => isAlive(compiler), { timeout: 5_000, interval: 50 }).toBe(false);
  });

  test("ends with a kernel that is shut down", async () => {
    const client = await start();
    const compiler = compilerOf(client);
    await client.request("shutdown_request", { restart: false }, "control");
    await client.exited();
    await expect.poll(() => isAlive(compiler), { timeout: 10_000, interval: 50 }).toBe(false);
  });
});
