import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/**
 * Sends SIGINT to the children of this process and to theirs, as far as they are in its process group: whom Ctrl-C in a
 * terminal would reach, without whoever else is in the group.
 *
 * @throws when the processes cannot be listed.
 */
export function interruptChildren(): void {
  const rows = listProcesses();
  const group = rows.find((row) => row.pid === process.pid)?.group;
  signal(
    "SIGINT",
    descendants(rows, process.pid, (row) => row.group === group),
  );
}

/** Ends the children of this process and theirs, in whatever group: for when no exit handler will. */
export function killChildren(): void {
  if (process.platform !== "win32")
    signal(
      "SIGKILL",
      descendants(listProcesses(), process.pid, () => true),
    );
}

function signal(name: NodeJS.Signals, rows: readonly ProcessRow[]): void {
  for (const { pid } of rows) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended meanwhile, or belongs to somebody else.
    }
  }
}

function listProcesses(): ProcessRow[] {
  return process.platform === "linux" ? readProc() : askPs();
}

/** Small containers have no `ps`. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readProc(): ProcessRow[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The name of the program stands in parentheses and may hold some itself.
      const [, , parent, group] = readFileSync(`/proc/${name}/stat`, "utf8").split(/^.*\) |\s/);
      return [{ pid: Number(name), parent: Number(parent), group: Number(group) }];
    } catch {
      return [];
    }
  });
}

function askPs(): ProcessRow[] {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid="], { encoding: "utf8" });
  return text.split("\n").flatMap((line) => {
    const [pid, parent, group] = line.trim().split(/\s+/).map(Number);
    return pid && parent !== undefined && group !== undefined ? [{ pid, parent, group }] : [];
  });
}

function descendants(
  rows: readonly ProcessRow[],
  pid: number,
  isMeant: (row: ProcessRow) => boolean,
): ProcessRow[] {
  return rows
    .filter((row) => row.parent === pid && isMeant(row))
    .flatMap((row) => [row, ...descendants(rows, row.pid, isMeant)]);
}
