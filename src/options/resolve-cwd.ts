import { statSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InvalidOptionsError } from "../errors.js";

/** The working folder of a query as an absolute path. @throws InvalidOptionsError for a URL that is no file's. */
export function resolveCwd(cwd: string | URL | undefined): string {
  if (cwd === undefined) return process.cwd();
  const isUrl = cwd instanceof URL || cwd.startsWith("file:");
  if (!isUrl) return resolve(cwd);
  try {
    return fileURLToPath(cwd);
  } catch (cause) {
    const message = `The option \`cwd\` cannot be ${String(cwd)}: it must be a path or a file URL.`;
    throw new InvalidOptionsError("cwd", cwd, message, { cause });
  }
}

/** @throws InvalidOptionsError when there is no such folder; a process started there would fail with a misleading ENOENT. */
export function requireFolder(cwd: string): void {
  const stat = statSync(cwd, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return;
  const problem = stat ? "is not a folder" : "does not exist";
  throw new InvalidOptionsError("cwd", cwd, `The option \`cwd\` names ${cwd}, which ${problem}.`);
}
