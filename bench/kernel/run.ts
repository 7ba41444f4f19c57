import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ensurePythonEnv } from "../../test/support/python-env.js";
import { buildDist } from "../build-dist.js";
import { installPeers } from "../install-peers.js";
import type { BenchResult } from "../main.js";
import { type ContenderName, contenders } from "./contenders.js";
import { type Figures, measure, median, type Row, rows } from "./measure.js";
import { checkThresholds, type Medians } from "./thresholds.js";

/** Kernels of each kind, one after the other and in turns, so that a busy minute of the machine hits all. */
const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** Measures the kernel beside tslab, Deno and ipykernel; figures are medians of {@link ROUNDS} fresh kernels each. */
export async function run(): Promise<BenchResult> {
  await buildDist();
  const peers = await installPeers();
  const python = await ensurePythonEnv();
  const all = contenders({ deno: join(peers, ".bin", "deno"), python: python.bin("python") });
  const names = Object.keys(all) as ContenderName[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as Figures[]]));
  const folder = notebookFolder();
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of names) {
        console.error(`round ${round + 1} of ${ROUNDS}: ${name}`);
        measured[name]!.push(await measure(all[name], folder));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const medians = Object.fromEntries(
    (Object.keys(rows) as Row[]).map((row) => [
      row,
      Object.fromEntries(names.map((name) => [name, medianOrNull(measured[name]!.map((each) => each[row]))])),
    ]),
  ) as Medians;
  const thresholds = checkThresholds(medians);
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model.trim(),
    cores: cpus().length,
    load: loadavg()[1],
  };
  return { json: { machine, rounds: measured, medians, thresholds }, table: toTable(medians, names) };
}

/** A folder where zod and this package are installed, for kernels that lend neither. */
function notebookFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-notebook-"));
  const root = resolve(import.meta.dirname, "../..");
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "node_modules", "zod"), join(folder, "node_modules", "zod"));
  symlinkSync(root, join(folder, "node_modules", "claude-notebook"));
  symlinkSync(join(root, "dist"), join(folder, "node_modules", "claude-notebook-dist"));
  return folder;
}

/** Undefined where it was not measured; null when more rounds failed than not. */
function medianOrNull(values: readonly (number | null | undefined)[]): number | null | undefined {
  if (values.every((each) => each === undefined)) return undefined;
  const good = values.filter((each) => typeof each === "number");
  return good.length * 2 > values.length ? Math.round(median(good) * 10) / 10 : null;
}

function toTable(medians: Medians, names: readonly ContenderName[]): string {
  const show = (value: number | null | undefined): string =>
    value === undefined ? "" : value === null ? "hangs or loses output" : String(value);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(["", ...names]),
    line(["---", ...names.map(() => "--:")]),
    ...(Object.keys(rows) as Row[]).map((row) =>
      line([rows[row], ...names.map((name) => show(medians[row][name]))]),
    ),
  ].join("\n");
}
