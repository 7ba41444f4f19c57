import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../io/connection-file.js";
import { createConnectionInfo, writeConnectionFile } from "./connection-info.js";

/** How to start a kernel; decided by our own code, never by a client. */
export interface KernelLaunch {
  /** The command for a connection file. */
  readonly argv: (connectionFile: string) => readonly string[];
  /** The kernel's working folder. */
  readonly cwd: string;
  /** Variables beside those of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Told what the kernel process, or a child that shares its terminal, writes past the notebook. */
  readonly onOutput?: ((text: string) => void) | undefined;
  /** Gives up a start that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/** How a kernel process ended. */
export interface KernelExit {
  /** `exit code 1` or `signal SIGKILL`. */
  readonly reason: string;
  /** The end of what it wrote past the notebook. */
  readonly output: string;
}

export interface KernelProcess {
  readonly connection: Connection;
  /** Settles when the process has ended; its files are gone by then. */
  readonly exited: Promise<KernelExit>;
  /** Removes the connection file, which nobody needs once the kernel has read it. */
  forgetKey(): Promise<void>;
  /** Asks the process to end (SIGTERM), then ends it and its children. */
  kill(): Promise<void>;
}

/** Characters kept of what a kernel writes past the notebook: enough for the stack of a crash. */
const MAX_OUTPUT_CHARACTERS = 8_192;

/** How long a kernel may take to obey SIGTERM, in ms. */
const TERMINATE_MS = 1_000;

/** How long the pipes of a process that has ended may still bring something, in ms. */
const LAST_OUTPUT_MS = 250;

const running = new Set<ChildProcess>();

// Kernels lead their own process groups, so the terminal's Ctrl-C does not end them; without this, `process.exit` in
// our caller's code would leave them for the second that the kernel needs to notice that its parent has gone.
process.on("exit", () => {
  for (const child of running) killGroup(child, "SIGKILL");
});

/** Starts a kernel in a private folder of its own. It does not listen yet when this returns. */
export async function startKernelProcess(launch: KernelLaunch): Promise<KernelProcess> {
  const folder = await mkdtemp(join(tmpdir(), "claude-notebook-"));
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const connection = await createConnectionInfo(folder);
    const file = await writeConnectionFile(folder, connection);
    const child = await spawnKernel(launch, file);
    const tail = keepTail(child, launch.onOutput);
    const exited = new Promise<KernelExit>((resolve) => {
      // `close`, not `exit`: what the process wrote last has been read by then.
      child.once("close", async (code, signal) => {
        running.delete(child);
        killGroup(child, "SIGKILL");
        await removeFolder();
        resolve({ reason: code === null ? `signal ${signal}` : `exit code ${code}`, output: tail() });
      });
      // A process that the kernel started may hold the pipes open: it must not hide that the kernel has ended.
      child.once("exit", () => {
        killGroup(child, "SIGKILL");
        setTimeout(() => {
          child.stdout?.destroy();
          child.stderr?.destroy();
        }, LAST_OUTPUT_MS).unref();
      });
    });
    return {
      connection,
      exited,
      forgetKey: () => rm(file, { force: true }),
      kill: async () => {
        child.kill("SIGTERM");
        const force = setTimeout(() => killGroup(child, "SIGKILL"), TERMINATE_MS);
        await exited;
        clearTimeout(force);
      },
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

function spawnKernel(launch: KernelLaunch, connectionFile: string): Promise<ChildProcess> {
  const [command, ...args] = launch.argv(connectionFile);
  const child = spawn(command!, args, {
    cwd: launch.cwd,
    // JPY_PARENT_PID is how Jupyter tells a kernel whose end is its own.
    env: { ...process.env, ...launch.env, JPY_PARENT_PID: String(process.pid) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("spawn", () => {
      running.add(child);
      resolve(child);
    });
  });
}

function keepTail(child: ChildProcess, onOutput: ((text: string) => void) | undefined): () => string {
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      tail = (tail + text).slice(-MAX_OUTPUT_CHARACTERS);
      onOutput?.(text);
    });
  }
  return () => tail.trim();
}

/** Ends the process and what it started, as far as that shares its process group. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the group has no member left.
  }
}
