import { readdirSync, readFileSync } from "node:fs";

/** The native compiler of a kernel: the child that runs TypeScript. Linux only. */
export function findCompiler(kernel: number): number | undefined {
  return childrenOf(kernel).find((pid) => /typescript/.test(read(`/proc/${pid}/cmdline`)));
}

/** Processes of a kernel, found by their parent. */
export function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      // The name in parentheses can hold anything, spaces and parentheses included.
      const [, ppid] = read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];
      return Number(ppid) === parent;
    })
    .map(Number);
}

/** Empty for what has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
