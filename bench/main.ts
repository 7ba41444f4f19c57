/**
 * `npm run bench -- NAME [--json] [--write]`: measures one part side by side with its peers, and writes the table into
 * docs/benchmarks.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { PAGE, withTable } from "./write-page.js";

/** What a benchmark found: its figures as JSON and the same as a Markdown table. */
export interface BenchResult {
  readonly json: unknown;
  readonly table: string;
}

/** The benchmarks, each loaded when it is asked for. */
const benches: Readonly<Record<string, () => Promise<{ run: () => Promise<BenchResult> }>>> = {
  display: () => import("./display/run.js"),
  export: () => import("./export/run.js"),
  kernel: () => import("./kernel/run.js"),
  lab: () => import("./lab/run.js"),
  render: () => import("./render/run.js"),
  scale: () => import("./scale/run.js"),
  sdk: () => import("./sdk/run.js"),
  server: () => import("./server/run.js"),
};

const [name = "", ...flags] = process.argv.slice(2);
const load = benches[name];
if (!load) {
  console.error(`Unknown benchmark "${name}". There are: ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}
const { json, table } = await (await load()).run();
console.log(flags.includes("--json") ? JSON.stringify(json, undefined, 2) : table);
if (flags.includes("--write")) writeFileSync(PAGE, withTable(readFileSync(PAGE, "utf8"), name, table));
// Sockets and children that a peer left behind must not hold the command.
process.exit(0);
