import { inspectText } from "../display/inspect-text.js";
import type { CellRuntime } from "../run/cell-runtime.js";
import { declaredNames } from "../run/declared-names.js";
import type { Magic } from "./magic.js";

/** Longest value shown in the table, in characters. */
const MAX_VALUE = 60;

/** Lists what the cells have declared. */
export const whoMagic: Magic = {
  name: "who",
  usage: "%who [TYPE | -m]",
  summary: "List the notebook's variables, or those of a type; -m: memory in use",
  async runLine({ args, runtime }) {
    if (args === "-m") return reportMemory(runtime);
    const rows = declaredNames(runtime.scope)
      .map((name) => [name, runtime.scope[name]] as const)
      .map(([name, value]) => [name, typeName(value), preview(value)] as const)
      .filter(([, type]) => args === "" || type.toLowerCase() === args.toLowerCase())
      .sort(([a], [b]) => a.localeCompare(b));
    if (rows.length === 0) {
      return void process.stdout.write(`There are no variables${args && ` of type ${args}`}.\n`);
    }
    const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column as 0 | 1].length)));
    const lines = rows.map(([name, type, value]) =>
      `${name.padEnd(widths[0]!)}  ${type.padEnd(widths[1]!)}  ${value}`.trimEnd(),
    );
    process.stdout.write(`${lines.join("\n")}\n`);
  },
};

/** The kernel's process holds the variables; the compiler may have one of its own. */
async function reportMemory({ compiler }: CellRuntime): Promise<void> {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { name, version, memory } = await compiler.describe();
  const rows: [what: string, bytes: number][] = [
    ["kernel", rss],
    ["  objects of cells", heapUsed],
    ["  buffers", external],
    ...(memory > 0 ? [[`compiler (${name} ${version})`, memory] as [string, number]] : []),
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  const lines = rows.map(([what, bytes]) => `${what.padEnd(width)}  ${toMB(bytes).padStart(7)} MB`);
  process.stdout.write(`${lines.join("\n")}\n`);
}

function toMB(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "function") return /^class\b/.test(String(value)) ? "class" : "function";
  if (typeof value !== "object") return typeof value;
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" ? name : "object";
}

function preview(value: unknown): string {
  if (typeof value === "function") return "";
  const lines = inspectText(value).split("\n");
  const line = lines
    .map((each) => each.trim())
    .filter(Boolean)
    .join(" ");
  return line.length > MAX_VALUE ? `${line.slice(0, MAX_VALUE - 1)}…` : line;
}
