import { type ChildProcess, spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import type { Cell } from "../run/cell.js";
import { MagicError } from "./magic.js";

/** A program that runs a text of commands, and what it is called with. */
type Shell = readonly [program: string, ...args: string[]];

const isWindows = process.platform === "win32";
export const shells = { bash: ["bash", "-c"], sh: ["sh", "-c"], cmd: ["cmd.exe", "/d", "/s", "/c"] } as const;

/** How long a command may take to end after an interrupt before it is killed, in ms. */
const GRACE_MS = 2000;
/** How long output is read after a command has ended: what it left in the background may hold the pipes, in ms. */
const DRAIN_MS = 200;

/**
 * Runs commands in a shell and shows what they write while they write it. An interrupt of the cell ends them with all
 * that they have started; so does the end of the kernel.
 *
 * @throws MagicError when the shell cannot be started or does not end with 0.
 */
export async function runCommand(
  command: string,
  cell: Cell,
  shell: Shell = isWindows ? shells.cmd : shells.sh,
): Promise<void> {
  const [program, ...args] = shell;
  const child = spawn(program, [...args, command], {
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that all of it can be ended.
    detached: !isWindows,
    windowsHide: true,
    env: { ...process.env, PATH: `${process.env.PATH ?? ""}${delimiter}${dirname(process.execPath)}` },
  });
  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new TextDecoder();
    child[name].on("data", (chunk: Buffer) => process[name].write(decoder.decode(chunk, { stream: true })));
  }
  const kill = (): void => signalGroup(child, "SIGKILL");
  const onAbort = (): void => {
    signalGroup(child, "SIGINT");
    timer = setTimeout(kill, GRACE_MS);
  };
  let timer: NodeJS.Timeout | undefined;
  process.once("exit", kill);
  cell.signal.addEventListener("abort", onAbort, { once: true });
  try {
    const end = await ended(child);
    // The shell has obeyed; what it left in the background ignores SIGINT.
    if (cell.signal.aborted) kill();
    cell.signal.throwIfAborted();
    if (end !== 0) throw new MagicError(`${quote(command)} ended with ${end}.`);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw new MagicError(`There is no ${program} to run commands with.`, { cause });
  } finally {
    clearTimeout(timer);
    process.off("exit", kill);
    cell.signal.removeEventListener("abort", onAbort);
  }
}

/** 0, or a text that says how it ended otherwise. */
function ended(child: ChildProcess): Promise<0 | string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      const end = code === 0 ? 0 : signal ? `signal ${signal}` : `exit code ${code}`;
      const finish = (): void => {
        clearTimeout(timer);
        resolve(end);
      };
      const timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        finish();
      }, DRAIN_MS);
      child.once("close", finish);
    });
  });
}

function signalGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(isWindows ? pid : -pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

/** The command in a message: its first line, not too long. */
function quote(command: string): string {
  const [first = "", ...rest] = command.trim().split("\n");
  return `\`${first.slice(0, 80)}${rest.length > 0 || first.length > 80 ? " …" : ""}\``;
}
