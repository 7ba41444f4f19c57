import { mkdtempSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { removeFolder } from "../../test/support/remove-folder.js";
import { runCli } from "../../test/support/run-cli.js";
import { runOverGateways } from "../../test/support/run-over-gateways.js";
import type { BenchResult } from "../main.js";

/** What docs/scale.md shows: 50 notebooks, eight at a time, a gateway killed after 20. */
const LOAD = { notebooks: 50, endBefore: 20, jobs: 8 };

/** How often memory is looked at, in milliseconds. */
const SAMPLE_MS = 1_000;

/** Runs many notebooks over two Kernel Gateways of which one is killed, and says what came of them and what it took. */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "claude-notebook-scale-"));
  const peaks = { command: 0, gatewaysAndKernels: 0 };
  let timer: NodeJS.Timeout | undefined;
  try {
    const prefix = join(folder, "prefix");
    await runCli(["install", "--prefix", prefix], { home: folder });
    const result = await runOverGateways({
      folder,
      prefix,
      ...LOAD,
      onStart: (gateways) => {
        timer = setInterval(
          () =>
            void sample(
              peaks,
              gateways.map(({ pid }) => pid),
            ),
          SAMPLE_MS,
        );
      },
    });
    const whole = result.names.filter((name) => result.outputOf(name) === `${name} counted to 500500\n`);
    const json = {
      machine: {
        cpu: cpus()[0]?.model,
        cores: availableParallelism(),
        memoryMb: toMb(totalmem()),
        node: process.version,
      },
      ...LOAD,
      exitCode: result.cli.exitCode,
      wholeOutputs: whole.length,
      begunAgain: result.cutOff,
      seconds: Math.round(result.durationMs / 1000),
      peakMb: { command: toMb(peaks.command), gatewaysAndKernels: toMb(peaks.gatewaysAndKernels) },
    };
    return { json, table: tableOf(json) };
  } finally {
    clearInterval(timer);
    await removeFolder(folder);
  }
}

interface ScaleFigures {
  readonly notebooks: number;
  readonly jobs: number;
  readonly exitCode: number;
  readonly wholeOutputs: number;
  readonly begunAgain: readonly string[];
  readonly seconds: number;
  readonly peakMb: { readonly command: number; readonly gatewaysAndKernels: number };
}

function tableOf(figures: ScaleFigures): string {
  const rows = [
    ["notebooks, at a time", `${figures.notebooks}, ${figures.jobs}`],
    ["that ended with one whole output", `${figures.wholeOutputs}`],
    ["cut off by the kill, and run again from the first cell", figures.begunAgain.join(", ")],
    ["exit code", `${figures.exitCode}`],
    ["time", `${figures.seconds} s`],
    ["memory at most: `claude-notebook run`", `${figures.peakMb.command} MB`],
    ["memory at most: both gateways and their kernels", `${figures.peakMb.gatewaysAndKernels} MB`],
  ];
  return ["| | |", "| --- | --- |", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
}

/** Proportional memory, so that what processes share counts once. */
async function sample(
  peaks: { command: number; gatewaysAndKernels: number },
  gateways: readonly number[],
): Promise<void> {
  const { stdout } = await execa("ps", ["-e", "-o", "pid=,ppid="]);
  const children = new Map<number, number[]>();
  for (const line of stdout.split("\n")) {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid: number): number[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  const ofGateways = gateways.flatMap((pid) => [pid, ...below(pid)]);
  const others = below(process.pid).filter((pid) => !ofGateways.includes(pid));
  peaks.gatewaysAndKernels = Math.max(peaks.gatewaysAndKernels, sum(ofGateways));
  peaks.command = Math.max(peaks.command, sum(others));
}

function sum(pids: readonly number[]): number {
  return pids.reduce((total, pid) => total + proportionalBytes(pid), 0);
}

function proportionalBytes(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function toMb(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
