import { isAbsolute } from "node:path";
import type { DoctorContext } from "./doctor-context.js";
import { isBefore } from "./is-before.js";
import { OLDEST_NODE } from "./rows/node.js";

const VERSION = /^v\d+\.\d+\.\d+\S*/;

/**
 * What is wrong with the Node that a kernelspec of `install` starts; undefined when nothing is. A command that somebody has
 * shaped another way is not run.
 */
export async function kernelNodeFlaw(
  argv: readonly string[],
  { surroundings, answerMs }: DoctorContext,
): Promise<string | undefined> {
  const node = nodeOf(argv);
  if (node === undefined) return undefined;
  const { execa } = await import("execa");
  const run = await execa(node, ["--version"], {
    env: surroundings.env,
    extendEnv: false,
    reject: false,
    timeout: answerMs,
    forceKillAfterDelay: answerMs,
    stdin: "ignore",
  });
  if (run.timedOut)
    return `${node}, which is no Node: it does not tell its version within ${answerMs / 1000} s`;
  const version = VERSION.exec(run.stdout)?.[0];
  if (run.failed || version === undefined) {
    const [said] = (run.stderr || run.stdout).split("\n", 1);
    const why =
      run.exitCode === undefined ? run.shortMessage : said || `it said nothing (exit code ${run.exitCode})`;
    return `${node}, which is no Node that works: ${why}`;
  }
  if (isBefore(version, OLDEST_NODE))
    return `${node}, which is Node ${version}; ${OLDEST_NODE} or newer is needed`;
  return undefined;
}

/** `[sh, -c, SCRIPT, NAME,] NODE, ...FLAGS, ROOT/dist/kernel/main.js, {connection_file}`, as `kernelArgv` makes it. */
function nodeOf(argv: readonly string[]): string | undefined {
  const command = argv[1] === "-c" ? argv.slice(4) : argv;
  const [node, ...rest] = command;
  const flags = rest.slice(0, -2);
  const isOurs =
    node !== undefined &&
    isAbsolute(node) &&
    rest.at(-1) === "{connection_file}" &&
    /[\\/]dist[\\/]kernel[\\/]main\.js$/.test(rest.at(-2) ?? "") &&
    flags.every((flag) => flag.startsWith("--"));
  return isOurs ? node : undefined;
}
