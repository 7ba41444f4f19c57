import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { onTestFinished } from "vitest";
import { tempFolder } from "../../support/temp-folder.js";

const cli = resolve(import.meta.dirname, "../../../dist/kernel/cli/main.js");

/** `claude-notebook serve` as a user runs it. */
export interface Serve {
  /** Without a slash at the end. */
  readonly url: string;
  /** The folder that clients work in. */
  readonly folder: string;
  readonly pid: number;
  /** Ends it as Ctrl-C does. @returns its exit code. */
  stop(): Promise<number>;
}

/** @param env of a `scriptedClaude`. */
export async function serve(env: Record<string, string>, args: readonly string[] = []): Promise<Serve> {
  const folder = tempFolder();
  const conversations = tempFolder();
  const child = execa(process.execPath, [cli, "serve", "--port", "0", "--folder", folder, ...args], {
    extendEnv: false,
    env: { CLAUDE_NOTEBOOK_CONVERSATIONS: conversations, ...env },
    stdout: "pipe",
    stderr: "pipe",
    reject: false,
  });
  const stop = async (): Promise<number> => {
    child.kill("SIGINT");
    return (await child).exitCode ?? -1;
  };
  onTestFinished(async () => void (await stop()));
  const lines = createInterface({ input: child.stdout! });
  const { value: line } = await lines[Symbol.asyncIterator]().next();
  if (typeof line !== "string")
    throw new Error(`claude-notebook serve said no address: ${(await child).stderr}`);
  return { url: line.replace(/\/(#.*)?$/, ""), folder, pid: child.pid!, stop };
}
