import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { systemErrorCode } from "../../src/system-error.js";
import { type Cell, isInterrupt } from "./cell.js";
import type { CellRuntime, Evaluate } from "./cell-runtime.js";
import { describeFailure } from "./fail-cell.js";

let done = false;

/**
 * Runs the user's startup files before the first cell, each like a cell, in the order of their names. They stand in the
 * user's own configuration and nowhere else: opening a folder must not run its code. One that fails is reported and the
 * rest goes on.
 */
export async function runStartupFiles(
  { stacks }: CellRuntime,
  cell: Cell,
  evaluate: Evaluate,
): Promise<void> {
  if (done) return;
  done = true;
  const folder = startupFolder();
  for (const name of await listFiles(folder)) {
    const path = join(folder, name);
    let code = "";
    try {
      code = await readFile(path, "utf8");
      await evaluate(code, { label: path });
    } catch (error) {
      if (isInterrupt(error) || cell.signal.aborted) throw error;
      const { traceback } = describeFailure(stacks, error, { label: path, code });
      const text = stripVTControlCharacters(traceback.join("\n"));
      process.stderr.write(`The startup file ${path} failed:\n${text}\n`);
    }
  }
}

/** `startup` in the configuration folder: CLAUDE_NOTEBOOK_CONFIG_DIR, else the platform's own place. */
export function startupFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  const config = (): string => {
    if (platform === "darwin") return join(home, "Library", "Application Support", "claude-notebook");
    if (platform === "win32") return join(env.APPDATA || join(home, "AppData", "Roaming"), "claude-notebook");
    return join(env.XDG_CONFIG_HOME || join(home, ".config"), "claude-notebook");
  };
  return join(env.CLAUDE_NOTEBOOK_CONFIG_DIR || config(), "startup");
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => /\.tsx?$/.test(name) && !/\.d\.ts$/.test(name)).sort();
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") process.stderr.write(`No startup files: ${error}\n`);
    return [];
  }
}
