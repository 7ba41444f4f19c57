import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isAlive, type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
  await kernel.execute(
    "let before = 'kept'; const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));",
  );
});
afterAll(() => kernel.close());

/** Runs a cell that prints "go" and then never ends; interrupts it, by message unless told otherwise. */
async function interrupt(
  code: string,
  stop: () => Promise<unknown> = () => kernel.request("interrupt_request", {}, "control"),
) {
  const id = await kernel.send("execute_request", { code });
  await kernel.message((each) => each.parentId === id && each.type === "stream");
  await stop();
  return kernel.finished(id, 15_000);
}

test.each([
  ["awaits for ever", "console.log('go'); await new Promise(() => {})"],
  ["loops synchronously", "console.log('go'); while (true) {}"],
  ["loops after an await", "await sleep(50); console.log('go'); while (true) {}"],
  ["loops in a microtask", "await Promise.resolve().then(() => { console.log('go'); while (true) {} })"],
  ["loops in a timer", "setTimeout(() => { console.log('go'); while (true) {} }, 10); await sleep(100_000)"],
  ["awaits in a loop", "console.log('go'); let stop = false; while (!stop) await sleep(10)"],
  ["matches an endless pattern", "console.log('go'); /^(a+)+$/.test('a'.repeat(50) + '!')"],
  [
    "waits for a child process",
    "console.log('go'); require('child_process').execSync('sleep 100', { stdio: 'ignore' })",
  ],
])("an interrupt stops a cell that %s, and the variables are intact", async (_what, code) => {
  const { reply, messages } = await interrupt(code);
  expect(reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect(messages.at(-1)?.type).toBe("error");
  expect((await kernel.execute("before")).result).toBe("'kept'");
});

test("SIGINT from outside stops an awaiting cell and a loop, and does not end an idle kernel", async () => {
  const signal = async () => {
    // Node swallows a SIGINT that comes just when the synchronous part of a cell ends.
    await sleep(100);
    kernel.process.kill("SIGINT");
  };
  // Not so soon after the kernel's own SIGINT that it would be taken for it.
  await sleep(500);
  expect((await interrupt("console.log('go'); await new Promise(() => {})", signal)).reply.ename).toBe(
    "KeyboardInterrupt",
  );
  expect((await interrupt("console.log('go'); while (true) {}", signal)).reply.ename).toBe(
    "KeyboardInterrupt",
  );
  kernel.process.kill("SIGINT");
  // Received before the next cell starts.
  await sleep(200);
  expect((await kernel.execute("before")).result).toBe("'kept'");
});

test("an interrupt fires the signal of the cell and runs its end callbacks as interrupted", async () => {
  const host = `globalThis[Symbol.for("claude-notebook.notebook-host")]`;
  const { stdout } = await interrupt(
    `const cell = ${host}.currentCell(); cell.signal.onabort = () => console.log("aborted");
     cell.onEnd((outcome) => console.log("end", outcome)); console.log("go"); await new Promise(() => {})`,
  );
  expect(stdout).toBe("go\naborted\nend interrupted\n");
});

test("an interrupt of an idle kernel is answered and harms no later cell", async () => {
  const { reply } = await kernel.request("interrupt_request", {}, "control");
  expect(reply.status).toBe("ok");
  expect((await kernel.execute("before")).result).toBe("'kept'");
});

test("an interrupt stops a cell that blocks in prompt()", async () => {
  const id = await kernel.send("execute_request", { code: "prompt('?')", allow_stdin: true });
  await kernel.message((each) => each.type === "input_request" && each.parentId === id);
  await kernel.request("interrupt_request", {}, "control");
  expect((await kernel.finished(id)).reply.ename).toBe("KeyboardInterrupt");
});

test("cells that wait behind an interrupted one are aborted", async () => {
  const running = await kernel.send("execute_request", {
    code: "console.log('go'); await new Promise(() => {})",
  });
  const waiting = await kernel.send("execute_request", { code: "'never'" });
  await kernel.message((each) => each.parentId === running && each.type === "stream");
  await kernel.request("interrupt_request", {}, "control");
  expect((await kernel.finished(waiting)).reply.status).toBe("aborted");
});

test("an interrupt ends the query that a cell awaits, and its process", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fake-claude-"));
  const claude = join(folder, "claude");
  // A CLI that says who it is and then thinks for ever.
  await writeFile(
    claude,
    `#!${process.execPath}\nprocess.stdin.resume();\nconsole.log(JSON.stringify({ type: "system", subtype: "init", pid: process.pid }));\nsetInterval(() => {}, 1000);\n`,
    { mode: 0o755 },
  );
  try {
    const options = JSON.stringify({ mode: "live", pathToClaudeCodeExecutable: claude });
    const { reply, stdout } = await interrupt(
      `for await (const message of query({ prompt: "x", options: ${options} })) console.log(message.pid);`,
    );
    expect(reply.ename).toBe("KeyboardInterrupt");
    await expect.poll(() => isAlive(Number(stdout)), { timeout: 10_000 }).toBe(false);
  } finally {
    await rm(folder, { recursive: true });
  }
});
