// Finds and ends the processes of one run of the CLI. Plain JavaScript without dependencies, because the guard
// (guard.mjs) runs it in a process of its own, from the source tree as well as from dist/.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Carries the id of the run; every process that a tool starts inherits it, also one that was orphaned. */
export const RUN_VARIABLE = "CLAUDE_NOTEBOOK_RUN";

/** @returns {{ pid: number, ppid: number, started: string }[]} the living processes; empty where they cannot be listed. */
export function listProcesses() {
  if (process.platform === "linux") return numericFolders().flatMap((pid) => readStat(pid) ?? []);
  if (process.platform === "win32") return [];
  const { stdout } = spawnSync("ps", ["-axo", "pid=,ppid=,stat=,lstart="], { encoding: "utf8" });
  return (stdout ?? "").split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*\S)/.exec(line);
    if (!match || match[3].startsWith("Z")) return [];
    return [{ pid: Number(match[1]), ppid: Number(match[2]), started: match[4] }];
  });
}

/** When a process started, in a form of the platform's own; with the pid it names a process for good. */
export function startOf(pid) {
  if (process.platform === "linux") return readStat(pid)?.started;
  return listProcesses().find((entry) => entry.pid === pid)?.started;
}

/** The run's processes beside the CLI itself: all below it, and all that carry its id. */
export function descendantsOf(run) {
  const all = listProcesses();
  const rootLives = all.some((entry) => entry.pid === run.pid && entry.started === run.started);
  const below = new Set(rootLives ? [run.pid] : []);
  // Parents may stand after their children in the list, so it is read until nothing is added.
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, ppid } of all) {
      if (!below.has(pid) && below.has(ppid)) {
        below.add(pid);
        grown = true;
      }
    }
  }
  return all.filter(
    ({ pid }) => pid !== run.pid && pid !== process.pid && (below.has(pid) || environmentHolds(pid, run.id)),
  );
}

/** Whether a process still is the one that was listed: pids are used again. */
export function isAlive(entry) {
  if (process.platform === "linux") return readStat(entry.pid)?.started === entry.started;
  try {
    process.kill(entry.pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Sends a signal; a process that is gone already is what was wanted. */
export function signal(entry, name) {
  if (!isAlive(entry)) return;
  try {
    process.kill(entry.pid, name);
  } catch {}
}

/** Rounds of looking again for what a dying process started meanwhile. */
const KILL_ROUNDS = 5;

/** Ends a whole run at once, without waiting: for a process that is about to exit. */
export function killRun(run) {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(run.pid), "/T", "/F"], { windowsHide: true });
    return;
  }
  const known = new Map();
  for (let round = 0; round < KILL_ROUNDS; round++) {
    for (const entry of descendantsOf(run)) known.set(entry.pid, entry);
    signal(run, "SIGKILL");
    const living = [...known.values()].filter(isAlive);
    for (const entry of living) signal(entry, "SIGKILL");
    if (living.length === 0 && !isAlive(run)) return;
  }
}

function numericFolders() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html fields 3 (state), 4 (ppid), 22 (starttime) */
function readStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name in field 2 may hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return { pid, ppid: Number(fields[1]), started: fields[19] };
  } catch {
    return undefined;
  }
}

function environmentHolds(pid, runId) {
  if (process.platform !== "linux") return false;
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").includes(`${RUN_VARIABLE}=${runId}`);
  } catch {
    return false;
  }
}
