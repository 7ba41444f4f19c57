import { readFileSync } from "node:fs";

/** Memory of a process, in bytes, as Linux tells it; 0 elsewhere, and for a process that is gone. */
export function residentBytes(pid: number | undefined): number {
  if (!pid) return 0;
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
