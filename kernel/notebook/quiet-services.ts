import { onlyColours } from "../only-colours.js";

/** What `@jupyterlab/services` tells the console in the normal course of a run; it has no setting for that. */
const chatter = new RegExp(
  `^(${[
    "Starting WebSocket: ",
    "Kernel: \\w+ \\(",
    "Connection lost, reconnecting in ",
    "Error: Canceled future for ",
    // Of an error it prints what the server sent beside the message, and why an answer is no JSON; it throws the error too.
    "(\\s*)Traceback \\(most recent call last\\)",
    "SyntaxError: .*JSON",
    'The kernel "[\\w-]+" does not exist on the server',
    "Default kernel not found, using ",
    "Removing errant kernel spec: ",
  ].join("|")})`,
);

const methods = ["debug", "warn", "error"] as const;

let users = 0;
let restore = (): void => {};

/**
 * Keeps these lines, and no others, out of the console until the returned function is called: stdout is for the
 * caller's results. What else is printed keeps its colours, and steers no terminal.
 */
export function quietServices(): () => void {
  if (users++ === 0) restore = filterConsole();
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    if (--users === 0) restore();
  };
}

function filterConsole(): () => void {
  const originals = methods.map((method) => [method, console[method]] as const);
  const filtered = originals.map(([method, original]) => {
    const write = (...values: unknown[]): void => {
      if (chatter.test(String(values[0]))) return;
      // It may be what a server sent, of any shape.
      const harmless = values.map((value) => (typeof value === "string" ? onlyColours(value) : value));
      original.apply(console, harmless);
    };
    console[method] = write;
    return write;
  });
  return () => {
    for (const [index, [method, original]] of originals.entries()) {
      // Someone may have replaced it since: theirs stays.
      if (console[method] === filtered[index]) console[method] = original;
    }
  };
}
