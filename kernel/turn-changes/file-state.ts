import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

/** What a file is at a moment: the SHA-256 of what it holds, or why that is not known. */
export type FileState = string;

/** The state of a file that is not there. */
export const MISSING: FileState = "missing";

/** Reads a file's state; never throws. */
export async function fileState(path: string): Promise<FileState> {
  const hash = createHash("sha256");
  try {
    // What is no file, such as a pipe, might never end.
    if (!(await stat(path)).isFile()) return "no file";
    await pipeline(createReadStream(path), hash);
    return hash.digest("hex");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? MISSING : `unreadable: ${code}`;
  }
}

/** The states of files, by path. */
export async function fileStates(paths: readonly string[]): Promise<ReadonlyMap<string, FileState>> {
  return new Map(await Promise.all(paths.map(async (path) => [path, await fileState(path)] as const)));
}
