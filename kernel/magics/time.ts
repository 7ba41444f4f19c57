import { performance } from "node:perf_hooks";
import { type Magic, MagicError } from "./magic.js";

/** Code that declares or does something and has no value. */
const STATEMENT =
  /^(?:(?:const|let|var|function|class|interface|type|enum|import|export|if|for|while|do|switch|try|throw)\b|async\s+function\b|\{)/;

/** Declarations must stand in the cell itself, so they are timed from outside: start, statement, stop. */
const running: (() => void)[] = [];

/** Prints the time that a line or a cell takes. */
export const timeMagic: Magic = {
  name: "time",
  usage: "%time CODE, %%time",
  summary: "Print how long a line or a cell takes",
  toTypeScript(args, call) {
    if (args === "") return `${call()};`;
    if (STATEMENT.test(args)) return `${call()}; ${args}; ${call()};`;
    return `${call(args.replace(/;\s*$/, ""))};`;
  },
  async runLine({ args, run }) {
    if (args === "") throw new MagicError("%time needs code on its line; %%time times the whole cell.");
    if (run) return measure(run);
    const stop = running.pop();
    if (stop) stop();
    else running.push(startClock());
    return undefined;
  },
  runCell: ({ code, evaluate }) => measure(() => evaluate(code)),
};

async function measure<T>(run: () => T | Promise<T>): Promise<T> {
  const stop = startClock();
  try {
    return await run();
  } finally {
    stop();
  }
}

/** @returns what stops the clock and prints it. */
function startClock(): () => void {
  const cpu = process.cpuUsage();
  const start = performance.now();
  return () => {
    const wallMs = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    const total = formatMs((user + system) / 1000);
    process.stdout.write(
      `CPU times: user ${formatMs(user / 1000)}, sys ${formatMs(system / 1000)}, total ${total}\n` +
        `Wall time: ${formatMs(wallMs)}\n`,
    );
  };
}

function formatMs(ms: number): string {
  if (ms >= 60_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return ms >= 1 ? `${ms.toFixed(1)} ms` : `${(ms * 1000).toFixed(0)} µs`;
}
