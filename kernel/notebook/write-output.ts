import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { writeFileAtomically } from "../../src/storage/write-file-atomically.js";
import { describeSystemError } from "../../src/system-error.js";
import { HostError } from "../host-error.js";

/**
 * Writes a result file, whole or not at all.
 * @param options `isDurable`: false for what can be made again, which need not wait for the disk. @defaultValue true
 * @throws HostError `output-unwritable`, which names the path and the reason.
 */
export async function writeOutput(
  path: string,
  data: string | Uint8Array,
  options: { readonly isDurable?: boolean } = {},
): Promise<void> {
  try {
    await writeFileAtomically(path, data, options);
  } catch (cause) {
    throw unwritable(path, describeSystemError(cause), cause);
  }
}

/**
 * Checks, before the work begins, that its result will have a place.
 * @throws HostError `output-unwritable`.
 */
export async function checkWritable(path: string): Promise<void> {
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) {
    throw unwritable(path, "it is a folder", undefined, ["Name a file in it, for example with `-o`"]);
  }
  const folder = dirname(resolve(path));
  try {
    if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is not a folder`);
    // The folder must be writable even where the file exists: the new file takes its place.
    await access(existing === undefined || existing.isFile() ? folder : path, constants.W_OK);
  } catch (cause) {
    throw unwritable(path, `${folder}: ${describeSystemError(cause)}`, cause);
  }
}

function unwritable(path: string, reason: string, cause: unknown, hints: readonly string[] = []): HostError {
  return new HostError("output-unwritable", `Cannot write ${path}: ${reason}.`, { cause, hints });
}
