import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { KERNEL_NODE_FLAGS } from "../../kernel/kernel-argv.js";
import { ensureNotebookPackages } from "../../test/support/npm-packages.js";
import { buildDist } from "../build-dist.js";
import type { BenchResult } from "../main.js";
import { measureDeno } from "./measure-deno.js";

interface Figure {
  readonly firstMs: number;
  readonly ms: number;
  readonly bytes: number;
  readonly types: readonly string[];
}

type Figures = Readonly<Record<string, Figure>>;

/** How long it takes to show large values and how large what is shown is, beside Deno's kernel and Node's console. */
export async function run(): Promise<BenchResult> {
  await buildDist();
  const packages = await ensureNotebookPackages();
  const measured: Readonly<Record<string, Figures>> = {
    "claude-notebook": await measureNode("ours", packages),
    "Deno.jupyter.format": (await measureDeno(packages)) as Figures,
    "util.inspect": await measureNode("inspect", packages),
  };
  const machine = { node: process.version, cpu: cpus()[0]?.model.trim(), load: loadavg()[1] };
  return { json: { machine, measured }, table: tableOf(measured) };
}

async function measureNode(formatter: string, packages: string): Promise<Figures> {
  const script = join(import.meta.dirname, "measure-node.mjs");
  const { stdout } = await execa(process.execPath, [...KERNEL_NODE_FLAGS, script, formatter], {
    cwd: packages,
  });
  return JSON.parse(stdout) as Figures;
}

function tableOf(measured: Readonly<Record<string, Figures>>): string {
  const names = Object.keys(measured);
  const values = Object.keys(measured[names[0]!]!);
  const cell = ({ ms, firstMs, bytes }: Figure): string =>
    `${msText(ms)} (first ${msText(firstMs)}), ${(bytes / 1_000).toFixed(1)} kB`;
  const rows = values.map(
    (value) => `| ${value} | ${names.map((name) => cell(measured[name]![value]!)).join(" | ")} |`,
  );
  return [`| value | ${names.join(" | ")} |`, `| --- |${names.map(() => " --: |").join("")}`, ...rows].join(
    "\n",
  );
}

function msText(ms: number): string {
  return `${ms < 10 ? ms.toFixed(2) : Math.round(ms)} ms`;
}
