import { existsSync } from "node:fs";
import { join } from "node:path";
import { cachedFolder } from "./cached-folder.js";
import { installPackages } from "./npm-packages.js";

/** The version of the CLI that tests and recordings are made with. */
export const CLAUDE_VERSION = "2.1.197";

/**
 * Fetches the pinned `claude` from the npm registry into `.cache/` the first time (about 235 MB) and returns the path of
 * its executable. Processes that ask at once wait for the one that fetches; a second call costs nothing.
 *
 * @throws when npm cannot fetch it; the cause carries npm's output.
 */
export async function ensureClaudeBinary(): Promise<string> {
  const folder = await cachedFolder(`claude-code-${CLAUDE_VERSION}`, install);
  return executableIn(folder);
}

async function install(folder: string): Promise<void> {
  // Without install scripts: the platform's package holds the executable, and the script would only link to it.
  await installPackages(folder, [`@anthropic-ai/claude-code@${CLAUDE_VERSION}`]);
  executableIn(folder);
}

function executableIn(folder: string): string {
  const program = process.platform === "win32" ? "claude.exe" : "claude";
  const found = platformPackages()
    .map((name) => join(folder, "node_modules", "@anthropic-ai", name, program))
    .find((path) => existsSync(path));
  if (!found) throw new Error(`No claude executable for ${process.platform} ${process.arch} in ${folder}.`);
  return found;
}

/** npm installs the package of this platform only, but for both C libraries on Linux; the right one comes first. */
function platformPackages(): string[] {
  const base = `claude-code-${process.platform}-${process.arch}`;
  return usesMusl() ? [`${base}-musl`, base] : [base];
}

function usesMusl(): boolean {
  if (process.platform !== "linux") return false;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
}
