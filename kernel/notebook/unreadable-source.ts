import { describeSystemError, systemErrorCode } from "../../src/system-error.js";
import { HostError } from "../host-error.js";

/**
 * The error of a notebook or session that cannot be read.
 *
 * @param name "The notebook a.ipynb"
 * @param hints what to do about a file that is too large
 */
export function unreadableSource(name: string, cause: unknown, hints: readonly string[] = []): HostError {
  if (!isTooLarge(cause)) {
    const reason = describeSystemError(cause);
    return new HostError("notebook-unreadable", `${name} cannot be read: ${reason}.`, { cause });
  }
  const message = `${name} is larger than Node can read at once (512 MB).`;
  return new HostError("notebook-unreadable", message, { cause, hints });
}

/** Node's limits: half a gigabyte for a text, two for a file. */
function isTooLarge(cause: unknown): boolean {
  const code = systemErrorCode(cause);
  return cause instanceof RangeError || code === "ERR_STRING_TOO_LONG" || code === "ERR_FS_FILE_TOO_LARGE";
}
