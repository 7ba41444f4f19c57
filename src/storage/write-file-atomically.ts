import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { systemErrorCode } from "../system-error.js";

/**
 * Writes a whole file or leaves the old one: into a temporary file beside it, which then takes its name. The mode of
 * an existing file is kept, and a symbolic link stays one. What is no regular file (`/dev/stdout`, a pipe) is written
 * to directly.
 *
 * @param options `mode` of a file that is new. @defaultValue 0o666, less the umask. `isDurable`: waits until the disk has it, so that
 * it outlives a machine that stops at once; false for what can be made again. @defaultValue true
 * @throws the system error of the call that failed; the temporary file is gone by then.
 */
export async function writeFileAtomically(
  path: string,
  data: string | Uint8Array,
  { mode = 0o666, isDurable = true }: { readonly mode?: number; readonly isDurable?: boolean } = {},
): Promise<void> {
  const target = await realpath(path).catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return path;
    throw error;
  });
  const existing = await stat(target).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) return writeFile(target, data);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = await open(temporary, "wx", existing?.mode ?? mode);
    try {
      await file.writeFile(data);
      if (isDurable) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
