import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { InvalidOptionsError } from "../errors.js";

/** A user and the user's own group, as the system numbers them. */
export interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

const run = promisify(execFile);

/**
 * Looks a user up.
 *
 * @param user a name, or a number.
 * @throws InvalidOptionsError when there is no such user, and on Windows.
 */
export async function userIds(user: string | number): Promise<UserIds> {
  if (process.platform === "win32") {
    throw new InvalidOptionsError("user", user, "The option `user` does not exist on Windows.");
  }
  try {
    const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, "--", String(user)])));
    return { uid: Number(uid!.stdout), gid: Number(gid!.stdout) };
  } catch (cause) {
    const message = `The option \`user\` names ${JSON.stringify(user)}, and there is no such user.`;
    throw new InvalidOptionsError("user", user, message, { cause });
  }
}
