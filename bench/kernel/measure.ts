import { readdirSync, readFileSync } from "node:fs";
import { type BenchKernel, startBenchKernel } from "./bench-client.js";
import type { Contender } from "./contenders.js";

/** What is measured, with the unit. */
export const rows = {
  ready: "start → ready, ms",
  first: "start → first result, ms",
  trivial: "trivial cell, ms",
  declaration: "declaration cell, ms",
  functionCell: "function cell, ms",
  after200: "cell after 200 declarations, ms",
  imports: "importing zod and the SDK, ms",
  withImports: "cell with zod and the SDK imported, ms",
  completion: "completion, ms",
  hover: "inspection, ms",
  lines: "20,000 lines, ms",
  megabytes: "200 MB of output, ms",
  memory: "memory after the cells, MB",
} as const;

export type Row = keyof typeof rows;
/** One round's figures; null where a kernel failed or lost output, missing where it cannot. */
export type Figures = Partial<Record<Row, number | null>>;

const LINES = 20_000;
const MEGABYTES = 200;
/** Longest wait for bulk output, in ms; what takes longer has hung. */
const BULK_TIMEOUT_MS = 15_000;

/** Starts one kernel, measures all rows, and ends it. */
export async function measure({ argv, cells }: Contender, cwd: string): Promise<Figures> {
  const { kernel, readyMs, startedAt } = await startBenchKernel(argv, cwd);
  try {
    await kernel.execute(cells.trivial);
    const figures: Figures = { ready: readyMs, first: performance.now() - startedAt };
    const cell = async (code: string): Promise<number> => {
      const { ms, status } = await kernel.execute(code);
      if (status !== "ok") throw new Error(`A cell of the benchmark failed: ${code}`);
      return ms;
    };
    const medianOf = async (count: number, run: (i: number) => Promise<number>): Promise<number> => {
      const all: number[] = [];
      for (let i = 0; i < count; i++) all.push(await run(i));
      return median(all);
    };
    figures.trivial = await medianOf(15, () => cell(cells.trivial));
    figures.functionCell = await medianOf(15, (i) => cell(cells.functionCell(i)));
    figures.declaration = await medianOf(15, (i) => cell(cells.declaration(i)));
    for (let i = 15; i < 200; i++) await cell(cells.declaration(i));
    figures.after200 = await medianOf(15, (i) => cell(cells.declaration(200 + i)));
    const completion = { code: cells.completion, cursor_pos: cells.completion.length };
    figures.completion = await medianOf(15, () => kernel.ask("complete_request", completion));
    const inspection = { ...completion, detail_level: 0 };
    figures.hover = await medianOf(15, () => kernel.ask("inspect_request", inspection));
    if (cells.imports !== undefined && cells.withImports !== undefined) {
      figures.imports = await cell(cells.imports);
      const { withImports } = cells;
      figures.withImports = await medianOf(15, () => cell(withImports));
    }
    figures.memory = memoryOf(kernel.process.pid ?? 0);
    figures.lines = await medianOrNull(5, () => bulk(kernel, cells.lines(LINES), 5 * LINES));
    figures.megabytes =
      figures.lines === null ? null : await bulk(kernel, cells.megabytes(MEGABYTES), MEGABYTES * 1e6);
    return figures;
  } finally {
    await kernel.close();
  }
}

/** Null as soon as one run fails. */
async function medianOrNull(count: number, run: () => Promise<number | null>): Promise<number | null> {
  const all: number[] = [];
  for (let i = 0; i < count; i++) {
    const ms = await run();
    if (ms === null) return null;
    all.push(ms);
  }
  return median(all);
}

/** Ms until the cell is done; null when it hangs or output is lost. */
async function bulk(kernel: BenchKernel, code: string, characters: number): Promise<number | null> {
  try {
    const { ms, written } = await kernel.execute(code, BULK_TIMEOUT_MS);
    return written >= characters ? ms : null;
  } catch {
    return null;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Resident memory of a process and its children, in MB; 0 where there is no /proc. */
function memoryOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const own = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean),
    );
    return children.reduce((sum, child) => sum + memoryOf(Number(child)), own);
  } catch {
    return 0;
  }
}
