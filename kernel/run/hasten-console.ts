/**
 * Makes `console.log` of one string, the most frequent call of all, ten times as fast: Node formats it, tells the inspector,
 * adds a listener to the stream and removes it. Any other call, and all inside `console.group`, go the usual way.
 */
export function hastenConsole(console: Console, stdout: NodeJS.WritableStream): void {
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
  for (const name of ["log", "info"] as const) {
    const original = console[name];
    console[name] = (...values: unknown[]): void => {
      if (depth === 0 && values.length === 1 && typeof values[0] === "string") stdout.write(`${values[0]}\n`);
      else original(...values);
    };
  }
}
