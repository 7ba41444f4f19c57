import { type ChildProcess, spawn } from "node:child_process";

const SHELL = "/bin/sh";
/** Waits for the end of its input, which comes when the kernel ends, however it ends. */
const WAIT_AND_KILL = 'read -r _; kill -9 "-$1" 2>/dev/null';

/**
 * Makes a process end with ours, also when we are killed. The compiler reads its input between questions only: killed in
 * the middle of one that takes minutes, the kernel would leave it running that long. Somebody has to notice who does
 * nothing else: a shell, whose input is a pipe that closes with us.
 *
 * @param child the leader of a process group of its own.
 */
export function endWithKernel(child: ChildProcess): void {
  if (process.platform === "win32" || child.pid === undefined) return;
  const guard = spawn(SHELL, ["-c", WAIT_AND_KILL, "end-with-kernel", String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // Without a shell the compiler ends when it next reads its input, as it would anyhow.
  guard.on("error", () => {});
  guard.stdin.on("error", () => {});
  // Before the number can be that of another process.
  child.once("exit", () => {
    if (guard.pid !== undefined) guard.kill("SIGKILL");
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
}
