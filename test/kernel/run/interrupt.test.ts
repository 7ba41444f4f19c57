import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kernelArgv } from "../../../kernel/kernel-argv.js";
import { isAlive, type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
  await kernel.execute(
    "let before = 'kept'; let stop = false; const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));",
  );
});
afterAll(() => kernel.close());

/** Runs a cell that prints "go" and then never ends; interrupts it, by message unless told otherwise. */
async function interrupt(code: string, stop: () => Promise<unknown> = byMessage) {
  const id = await kernel.send("execute_request", { code });
  await kernel.message((each) => each.parentId === id && each.type === "stream");
  await stop();
  return kernel.finished(id, 15_000);
}

const byMessage = (): Promise<unknown> => kernel.request("interrupt_request", {}, "control");
/** As jupyter_client does it: to the process group, which the kernel leads. */
const bySignal = async (): Promise<void> => void process.kill(-(kernel.process.pid as number), "SIGINT");

const endless: readonly (readonly [string, string])[] = [
  ["awaits for ever", "console.log('go'); await new Promise(() => {})"],
  ["loops synchronously", "console.log('go'); while (true) {}"],
  ["loops after an await", "await sleep(50); console.log('go'); while (true) {}"],
  ["loops in a microtask", "await Promise.resolve().then(() => { console.log('go'); while (true) {} })"],
  ["loops in a timer", "setTimeout(() => { console.log('go'); while (true) {} }, 10); await sleep(100_000)"],
  ["awaits in a loop", "stop = false; console.log('go'); while (!stop) await sleep(10)"],
  ["matches an endless pattern", "console.log('go'); /^(a+)+$/.test('a'.repeat(50) + '!')"],
  [
    "waits for a child process",
    "console.log('go'); require('child_process').execSync('sleep 100', { stdio: 'ignore' })",
  ],
];

/** As a user does it who knows the kernel's process id. */
const bySignalToKernelAlone = async (): Promise<void> =>
  void process.kill(kernel.process.pid as number, "SIGINT");

describe.each([
  ["SIGINT to the kernel's process alone", bySignalToKernelAlone],
  ["interrupt message", byMessage],
  ["SIGINT from outside", bySignal],
])("one %s", (_how, stop) => {
  test.each(endless)("stops a cell that %s, and the variables are intact", async (_what, code) => {
    const { reply, messages } = await interrupt(code, stop);
    expect(reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect(messages.at(-1)?.type).toBe("error");
    expect((await kernel.execute("before")).result).toBe("'kept'");
    // The code that was stopped in a promise may go on; it must not disturb the cells that follow.
    await kernel.execute("stop = true");
  });

  test("leaves an idle kernel as it is", async () => {
    await stop();
    // A signal takes its way; one that comes when the next cell runs is meant for that cell.
    await sleep(500);
    expect((await kernel.execute("before")).result).toBe("'kept'");
  });

  test("stops a timer's endless loop that began after the cell had ended", async () => {
    const { id } = await kernel.execute("setTimeout(() => { console.log('loops'); while (true) {} }, 50);");
    await kernel.message((each) => each.content.text === "loops\n" && each.parentId === id);
    await stop();
    await sleep(500);
    expect((await kernel.execute("before")).result).toBe("'kept'");
  });
});

test("an interrupt ends a child that a cell waits for also when the kernel does not lead its process group", async () => {
  const own = kernel;
  // A leader in between, as a terminal's shell or a server is; it must not hear of the interrupt.
  const script = `
    const [command, ...args] = JSON.parse(process.argv[1]);
    process.on("SIGINT", () => process.exit(1));
    require("node:child_process").spawn(command, args, { stdio: "inherit" }).on("exit", () => process.exit(0));`;
  kernel = await startKernelClient({
    command: (file) => [process.execPath, "-e", script, JSON.stringify(kernelArgv(file))],
  });
  try {
    const { reply } = await interrupt(
      "console.log('go'); require('child_process').execSync('sleep 100; true', { stdio: 'ignore' })",
    );
    expect(reply.ename).toBe("KeyboardInterrupt");
    expect((await kernel.execute("1 + 1")).result).toBe("2");
  } finally {
    await kernel.close();
    kernel = own;
  }
});

describe("code that goes on after its cell was interrupted", () => {
  const goOn = (rest: string): string =>
    `stop = false; console.log('go'); while (!stop) await sleep(10);\n${rest}`;

  test.each([
    ["console.log of a string", "console.log('late'); before = 'changed';"],
    ["console.error", "console.error('late'); before = 'changed';"],
    ["process.stdout.write", "process.stdout.write('late'); before = 'changed';"],
    ["display", "display('late'); before = 'changed';"],
  ])("ends where it next shows something, by %s, while other cells run", async (_what, rest) => {
    const { id } = await interrupt(goOn(rest));
    const later = await kernel.execute("stop = true; await sleep(100); console.log('mine'); before");
    expect(later).toMatchObject({ stdout: "mine\n", stderr: "", result: "'kept'" });
    expect(later.messages.some(({ type }) => type === "display_data")).toBe(false);
    expect(kernel.iopub.filter((each) => each.parentId === id && each.content.text === "late").length).toBe(
      0,
    );
  });

  test("may clean up before its reply, and say so", async () => {
    const { stdout, reply } = await interrupt(
      "const host = globalThis[Symbol.for('claude-notebook.notebook-host')]; const { signal } = host.currentCell(); try { console.log('go'); await new Promise((_, reject) => { signal.onabort = () => reject(signal.reason); }); } finally { console.log('cleaned') }",
    );
    expect(stdout).toBe("go\ncleaned\n");
    expect(reply.ename).toBe("KeyboardInterrupt");
  });

  test("leaves its timers running, whose output stays with it", async () => {
    const { id } = await interrupt(
      "stop = false; let ticks = 0; const timer = setInterval(() => { console.log('tick', ++ticks); }, 20); console.log('go'); await new Promise(() => {});",
    );
    const later = await kernel.execute("while (ticks < 4) await sleep(20); clearInterval(timer);");
    expect(later).toMatchObject({ stdout: "", reply: { status: "ok" } });
    await kernel.message((each) => each.parentId === id && /tick 3/.test(each.content.text ?? ""));
  });

  test("does not keep its functions from writing in the cells that call them", async () => {
    await interrupt(
      "function speak() { console.log('spoken'); } console.log('go'); await new Promise(() => {});",
    );
    expect((await kernel.execute("speak()")).stdout).toBe("spoken\n");
  });

  test("costs the cells that follow nothing, whatever they do with stacks", async () => {
    await interrupt("console.log('go'); await new Promise(() => {});");
    const write = `const deep = (n: number): void => n > 0 ? deep(n - 1) : void console.log("line");
      const started = performance.now(); for (let i = 0; i < 5000; i++) deep(500); performance.now() - started`;
    // 0.1 and 0.4 s on a quiet machine, ten times that here; text made of each stack took 10 s.
    const synchronous = await kernel.execute(write, { timeoutMs: 60_000 });
    const later = await kernel.execute(
      `await sleep(1); ${write.replace("deep =", "deeper =").replaceAll("deep(", "deeper(").replaceAll("started", "began")}`,
      { timeoutMs: 60_000 },
    );
    expect(Number(synchronous.result)).toBeLessThan(1000);
    expect(Number(later.result)).toBeLessThan(4000);
    const own = await kernel.execute(
      "Error.prepareStackTrace = (_error, frames) => frames; await sleep(1); console.log('mine'); const kept = Error.prepareStackTrace !== undefined; delete (Error as any).prepareStackTrace; kept",
    );
    expect(own).toMatchObject({ stdout: "mine\n", result: "true" });
  }, 120_000);
});

test("a burst of SIGINT does not end the kernel, nor do listeners that come and go", async () => {
  await kernel.execute(
    "const exit = () => process.exit(1); process.on('SIGINT', exit); process.removeListener('SIGINT', exit); process.on('SIGINT', exit);",
  );
  for (let i = 0; i < 20; i++) await bySignal();
  await sleep(500);
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
