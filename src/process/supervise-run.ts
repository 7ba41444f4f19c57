import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { killRun, type Run } from "./assets/process-tree.mjs";

/** The runs of this process that have not ended. */
const runs = new Set<Run>();
let guard: ChildProcess | undefined;
let exitHandlerSet = false;

/**
 * Makes sure that a run ends with this process: one exit handler ends it when this process exits, and one small guard
 * process when this process is killed. Returns what takes the run off the list.
 */
export function superviseRun(run: Run): () => void {
  runs.add(run);
  if (!exitHandlerSet) {
    exitHandlerSet = true;
    process.once("exit", () => runs.forEach(killRun));
  }
  // A moment later, so that the CLI gets its prompt before this process is busy with starting another one.
  setImmediate(tellGuard);
  return () => {
    runs.delete(run);
    tellGuard();
  };
}

/** Tells the guard all that live, so that one which was started anew knows as much as the one before it. */
function tellGuard(): void {
  if (runs.size > 0) guard ??= startGuard();
  guard?.stdin?.write(`${JSON.stringify([...runs])}\n`);
}

const asset = (name: string): string => fileURLToPath(new URL(`./assets/${name}`, import.meta.url));

/** How long after the end of a guard a new one is tried while runs live, in milliseconds. */
const RESTART_DELAY_MS = 1_000;

/** Where a shell is, it waits in place of Node: see guard.sh. */
const SHELL = "/bin/sh";

function startGuard(): ChildProcess {
  const inNode = [process.execPath, asset("guard.mjs")] as const;
  const isShell = process.platform !== "win32" && existsSync(SHELL);
  const [file, ...args] = isShell ? ([SHELL, asset("guard.sh"), ...inNode] as const) : inNode;
  // A group of its own, so that a signal to ours does not reach it; nothing of the environment but what `ps` and Windows need.
  const { PATH, SystemRoot } = process.env;
  const child = spawn(file, args, {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: { ...(PATH && { PATH }), ...(SystemRoot && { SystemRoot }) },
    windowsHide: true,
  });
  // Without a guard (no memory, no process left) queries still run; the exit handler remains.
  const forget = (): void => {
    if (guard !== child) return;
    guard = undefined;
    setTimeout(tellGuard, RESTART_DELAY_MS).unref();
  };
  child.once("error", forget);
  child.once("exit", forget);
  child.stdin?.on("error", forget);
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  return child;
}
