import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { kernelArgv } from "../../../kernel/kernel-argv.js";
import { isAlive, type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { tempFolder } from "../../support/temp-folder.js";

/** A crash and the reading of its words are a race; with SOAK=1 it is run often. */
const CRASHES = process.env.SOAK ? 200 : 3;

let kernel: KernelClient | undefined;
afterEach(async () => {
  await kernel?.close();
  kernel = undefined;
});

test("shutdown is answered on its channel and to everybody, and the process ends", async () => {
  kernel = await startKernelClient();
  const { reply } = await kernel.request("shutdown_request", { restart: true }, "control");
  expect(reply).toEqual({ status: "ok", restart: true });
  expect(kernel.iopub.find((each) => each.type === "shutdown_reply")?.content.restart).toBe(true);
  expect(await kernel.exited(5_000)).toBe(0);
});

test("shutdown ends a kernel whose cell loops for ever, and its exit handlers run", async () => {
  kernel = await startKernelClient();
  const id = await kernel.send("execute_request", {
    code: "const child = require('child_process').spawn('sleep', ['1000']); process.on('exit', () => child.kill()); console.log(child.pid); while (true) {}",
  });
  const started = await kernel.message((each) => each.parentId === id && each.type === "stream");
  await kernel.send("shutdown_request", { restart: false }, "control");
  await kernel.exited(10_000);
  await expect.poll(() => isAlive(Number(started.content.text)), { timeout: 10_000 }).toBe(false);
});

test("process.exit() in a cell ends the kernel cleanly: what was written arrives, and the cell is told why", async () => {
  kernel = await startKernelClient();
  const { reply, stdout } = await kernel.execute("console.log('last words'); process.exit(3)");
  expect(stdout).toBe("last words\n");
  expect(reply).toMatchObject({ status: "error", ename: "KernelEnded" });
  expect(reply.evalue).toMatch(/process\.exit\(3\)/);
  expect(await kernel.exited(5_000)).toBe(3);
});

test("a cell that fills the heap is told so, and then the kernel ends", async () => {
  kernel = await startKernelClient({ env: { NODE_OPTIONS: "--max-old-space-size=300" } });
  const { reply, messages } = await kernel.execute(
    `const kept: unknown[] = []; const pause = new Int32Array(new SharedArrayBuffer(4));
     while (true) { kept.push(Array.from({ length: 50_000 }, (_, i) => ({ i }))); Atomics.wait(pause, 0, 0, 1); }`,
    { timeoutMs: 60_000 },
  );
  expect(reply).toMatchObject({ status: "error", ename: "KernelEnded" });
  expect(reply.evalue).toMatch(/heap is out of memory: \d+ of \d+ MB/);
  expect(messages.at(-1)?.type).toBe("error");
  expect(kernel.log()).toMatch(/heap is out of memory/);
  expect(await kernel.exited(5_000)).toBe("SIGKILL");
}, 90_000);

test("a heap that a timer fills is told too, with the last words, and no child stays", async () => {
  kernel = await startKernelClient({ env: { NODE_OPTIONS: "--max-old-space-size=300" } });
  const { id, stdout } = await kernel.execute(
    `const kept: unknown[] = []; const pause = new Int32Array(new SharedArrayBuffer(4));
     const child = require("child_process").spawn("sleep", ["1000"], { detached: true }); console.log(child.pid);
     setTimeout(() => {
       console.log("last words");
       while (true) { kept.push(Array.from({ length: 50_000 }, (_, i) => ({ i }))); Atomics.wait(pause, 0, 0, 1); }
     }, 100);`,
  );
  await kernel.message((each) => each.parentId === id && each.type === "error", 60_000);
  expect(kernel.iopub.some((each) => each.content.text === "last words\n")).toBe(true);
  expect(await kernel.exited(5_000)).toBe("SIGKILL");
  expect(kernel.log()).toMatch(/heap is out of memory/);
  await expect.poll(() => isAlive(Number(stdout))).toBe(false);
}, 90_000);

test("what the process writes as it crashes reaches the log, each time", async () => {
  for (let i = 0; i < CRASHES; i++) {
    kernel = await startKernelClient();
    await kernel.send("execute_request", { code: "process.abort()" });
    expect(await kernel.exited(10_000)).toBe("SIGABRT");
    const { log } = kernel;
    await expect
      .poll(log, { timeout: 10_000 })
      .toMatch(/Native stack trace[\s\S]*JavaScript stack trace[\s\S]*cell-1/);
    await kernel.close();
  }
}, 600_000);

test.each([
  ["loops", "console.log('go'); while (true) {}"],
  ["loops after an await", "await null; console.log('go'); while (true) {}"],
])("SIGTERM ends a kernel whose cell %s, and its exit handlers run", async (_what, code) => {
  kernel = await startKernelClient();
  const { stdout } = await kernel.execute(
    "const child = require('child_process').spawn('sleep', ['1000']); process.on('exit', () => child.kill()); console.log(child.pid);",
  );
  const id = await kernel.send("execute_request", { code });
  await kernel.message((each) => each.parentId === id && each.type === "stream");
  kernel.process.kill("SIGTERM");
  expect(await kernel.exited(10_000)).toBe(0);
  await expect.poll(() => isAlive(Number(stdout)), { timeout: 10_000 }).toBe(false);
  expect(kernel.log()).not.toMatch(/SIGTERM|Deprecation/);
});

test("a kernel whose parent is killed ends by itself, also in an endless loop", async () => {
  // A parent in between, which prints the kernel's id and is then killed.
  const script = `
    const { spawn } = require("node:child_process");
    const [command, ...args] = JSON.parse(process.argv[1]);
    const child = spawn(command, args, { stdio: "inherit", detached: true });
    setInterval(() => {}, 1000);`;
  kernel = await startKernelClient({
    command: (file) => [process.execPath, "-e", script, JSON.stringify(kernelArgv(file))],
  });
  const pid = Number((await kernel.execute("process.pid")).result);
  const id = await kernel.send("execute_request", { code: "console.log('go'); while (true) {}" });
  await kernel.message((each) => each.parentId === id && each.type === "stream");
  kernel.process.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 15_000, interval: 100 }).toBe(false);
});

test("a kernel that is told to end in its first milliseconds leaves no file behind", async () => {
  const folder = tempFolder();
  const [command = "", ...args] = kernelArgv("/nowhere/c.json");
  for (let wait = 0; wait < 8; wait += 0.2) {
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(command, args, { stdio: "ignore", env });
    await sleep(wait);
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  expect(readdirSync(folder)).toEqual([]);
});

test("a kernel whose launcher ends goes on as long as the process that Jupyter names, and ends with it", async () => {
  const owner = spawn("sleep", ["1000"], { stdio: "ignore" });
  kernel = await startKernelClient({
    env: { JPY_PARENT_PID: String(owner.pid) },
    // The shell ends at once.
    command: (file) => ["sh", "-c", '"$@" & exit', "launcher", ...kernelArgv(file)],
  });
  try {
    const { result } = await kernel.execute("await new Promise((r) => setTimeout(r, 2500)); process.pid");
    owner.kill();
    await expect.poll(() => isAlive(Number(result)), { timeout: 15_000, interval: 100 }).toBe(false);
  } finally {
    owner.kill();
  }
});

test.each([
  ["no connection file", [], /needs the path of a connection file/],
  ["a connection file that is not there", ["/nowhere/c.json"], /nowhere\/c\.json cannot be read \(ENOENT\)/],
])("with %s the kernel says so and ends with code 1", async (_what, args, message) => {
  const [command = "", ...rest] = kernelArgv("").slice(0, -1);
  const child = spawn(command, [...rest, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr.on("data", (chunk) => (text += chunk));
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(text).toMatch(message);
});
