import { execFileSync } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { kernelArgv } from "../../../kernel/kernel-argv.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { isAlive, type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { type ScriptedClaude, scriptedClaude } from "../../support/scripted-claude.js";

let kernel: KernelClient | undefined;
let claude: ScriptedClaude | undefined;
afterEach(async () => {
  await kernel?.close();
  await claude?.api.close();
  kernel = claude = undefined;
});

/** A cell that has the real claude run a Bash command which never ends. */
const ask = `console.log("go");
await display_claude_response(query({ prompt: "Sleep", options: { permissionMode: "acceptEdits", allowedTools: ["Bash"] } }));`;

async function startScripted(command?: (file: string) => readonly string[]): Promise<KernelClient> {
  claude = await scriptedClaude([
    { when: "Sleep", replies: [toolUse("Bash", { command: "sleep 7654" }), text("Done.")] },
  ]);
  return startKernelClient({ env: claude.env, ...(command && { command }) });
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes below one, by asking ps. */
function descendants(pid: number): Process[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  const all = rows.flatMap((row) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] as string }] : [];
  });
  const below = (parent: number): Process[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}

/** Waits until the tool runs, and gives all processes that hang on the kernel. */
async function toolStarted(pid: number): Promise<Process[]> {
  // The SDK's guard, which ends what a killed kernel leaves behind, lives as long as the kernel.
  const find = (): Process[] => descendants(pid).filter(({ command }) => !command.includes("guard.mjs"));
  await expect
    .poll(() => find().some((each) => /sleep 7654/.test(each.command)), { timeout: 60_000 })
    .toBe(true);
  return find();
}

const alive = (processes: readonly Process[]): Process[] => processes.filter(({ pid }) => isAlive(pid));

test.each([
  ["an interrupt message", (k: KernelClient) => k.request("interrupt_request", {}, "control")],
  ["SIGINT", async (k: KernelClient) => process.kill(k.process.pid as number, "SIGINT")],
])(
  "%s stops a cell that awaits Claude, with the CLI and what its tools started; what was shown stays",
  async (_how, stop) => {
    kernel = await startScripted();
    await kernel.execute("let before = 'kept'");
    // The compiler, and the shells that watch: they live as long as the kernel.
    const own = descendants(kernel.process.pid as number).map(({ pid }) => pid);
    const id = await kernel.send("execute_request", { code: ask });
    const started = await toolStarted(kernel.process.pid as number);
    const processes = started.filter(({ pid }) => !own.includes(pid));
    expect(processes.some(({ command }) => /claude/.test(command))).toBe(true);
    await stop(kernel);
    const { reply, messages } = await kernel.finished(id);
    expect(reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect(messages.some(({ content }) => /sleep 7654/.test(content.data?.["text/plain"] ?? ""))).toBe(true);
    await expect.poll(() => alive(processes), { timeout: 15_000 }).toEqual([]);
    expect((await kernel.execute("before")).result).toBe("'kept'");
  },
);

test("when the parent is killed while a cell loops and claude works, no process is left", async () => {
  // A parent in between, which is then killed without a chance to tell anybody.
  const script = `
    const { spawn } = require("node:child_process");
    const [command, ...args] = JSON.parse(process.argv[1]);
    spawn(command, args, { stdio: "inherit", detached: true });
    setInterval(() => {}, 1000);`;
  kernel = await startScripted((file) => [process.execPath, "-e", script, JSON.stringify(kernelArgv(file))]);
  const pid = Number((await kernel.execute("process.pid")).result);
  const id = await kernel.send("execute_request", {
    code: `${ask.replace("await ", "void ")}
setTimeout(() => { console.log("loops"); while (true) {} }, 15_000); await new Promise(() => {});`,
  });
  const processes = await toolStarted(pid);
  await kernel.message((each) => each.parentId === id && /loops/.test(each.content.text ?? ""), 60_000);
  expect(alive(processes).length).toBeGreaterThan(1);
  kernel.process.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  await expect.poll(() => alive(processes), { timeout: 20_000 }).toEqual([]);
});
