import { systemErrorCode } from "../system-error.js";

/** Whether there is a process of this id, also another user's; one that has ended and was not collected counts as there. */
export function isPidAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
}
