import { cellTimeoutMs } from "./cell-timeout.js";
import { recordTiming } from "./cell-timing.js";
import { type CellResult, executeCell } from "./execute-cell.js";
import { type IopubMessage, type KernelAddress, openKernelSession } from "./kernel-session.js";
import type { CodeCell, Notebook } from "./notebook.js";
import { createOutputCollector } from "./output-collector.js";
import type { CellFailure, CellRun, RunEvent, RunReport } from "./run-report.js";
import { runnableCells, type SelectedCell } from "./runnable-cells.js";
import { type CellRange, selectCells } from "./select-cells.js";

/** How a notebook's cells are run. */
export interface RunnerOptions extends CellRange {
  /** Go on after a cell that failed. @defaultValue false */
  readonly allowErrors?: boolean | undefined;
  /** The longest that a cell may run that does not say so itself, in ms. @defaultValue no limit */
  readonly cellTimeoutMs?: number | undefined;
  /** Interrupts the running cell and ends the run; what was shown is kept. */
  readonly signal?: AbortSignal | undefined;
  /** Writes `metadata.execution`, which makes each run's file differ. @defaultValue false */
  readonly recordTiming?: boolean | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Called before the first cell and after each: the place to save. */
  readonly onProgress?: ((notebook: Notebook) => Promise<void>) | undefined;
}

/** Runs notebooks on a kernel. */
export interface NotebookRunner {
  /**
   * Runs the code cells in order, in place: `notebook` holds the outputs, also when it rejects.
   * @throws HostError `server-unreachable`, or `cell-not-found` and `cell-left-out` for a range of cells.
   */
  run(notebook: Notebook): Promise<RunReport>;
}

/** Cells with this tag may fail. */
const RAISES_TAG = "raises-exception";

/** Creates a runner for the kernel at `address`, on our own server or any other Jupyter server. */
export function createNotebookRunner(address: KernelAddress, options: RunnerOptions = {}): NotebookRunner {
  return { run: (notebook) => runCells(notebook, address, options) };
}

async function runCells(
  notebook: Notebook,
  address: KernelAddress,
  options: RunnerOptions,
): Promise<RunReport> {
  const { onEvent, signal } = options;
  const collector = createOutputCollector();
  const running = new Map<string, CodeCell>();
  const onIopub = (message: IopubMessage): void => {
    collector.collect(message);
    const cell = running.get(message.parent_header.msg_id ?? "");
    if (options.recordTiming && cell !== undefined) recordTiming(cell, message);
  };
  const session = await openKernelSession(address, onIopub, signal);
  if (session === undefined)
    return { outcome: "interrupted", notebook, executed: 0, total: 0, cells: [], failures: [] };
  const failures: CellFailure[] = [];
  const ran = new Map<SelectedCell, Pick<CellRun, "durationMs" | "failure">>();
  const total = runnableCells(notebook).length;
  let outcome: RunReport["outcome"] = "ok";
  let cells: readonly SelectedCell[];
  try {
    // Not before there is a kernel: a notebook that is run in place keeps its outputs when nothing can run.
    cells = await clearCells(notebook, options);
    await options.onProgress?.(notebook);
    if (session.languageInfo !== undefined) notebook.metadata.language_info = session.languageInfo;
    for (const selected of cells) {
      if (signal?.aborted) outcome = "interrupted";
      if (outcome !== "ok") break;
      const { cell, index, number } = selected;
      const { source } = cell;
      onEvent?.({ type: "cell-start", number, total, source });
      const startedAt = performance.now();
      const result = await executeCell(session, cell, {
        timeoutMs: cellTimeoutMs(cell, options.cellTimeoutMs),
        signal,
        onSent: (id) => {
          collector.expect(id, cell);
          running.set(id, cell);
        },
      });
      // Before the notebook is saved: what that takes is no time of the cell's.
      const durationMs = performance.now() - startedAt;
      const failure = toFailure(result, cell, index, number);
      if (failure !== undefined) failures.push(failure);
      if (failure !== undefined) showLoss(cell, failure);
      if (failure !== undefined && !mayGoOn(failure, options)) outcome = failure.outcome;
      await options.onProgress?.(notebook);
      ran.set(selected, { durationMs, failure });
      onEvent?.({ type: "cell-end", number, total, source, durationMs, failure });
    }
  } finally {
    session.dispose();
  }
  return {
    outcome,
    notebook,
    executed: ran.size,
    total: cells.length,
    cells: cells.map((selected) => toCellRun(selected, ran.get(selected))),
    failures,
  };
}

/** Old outputs go first, as with papermill: of the cells that are run, the file shows what this run did and nothing else. */
async function clearCells(notebook: Notebook, range: CellRange): Promise<readonly SelectedCell[]> {
  const cells = await selectCells(notebook, range);
  for (const { cell } of cells) {
    cell.outputs = [];
    cell.execution_count = null;
  }
  return cells;
}

function toCellRun(
  { cell: { source }, index, number }: SelectedCell,
  run: Pick<CellRun, "durationMs" | "failure"> | undefined,
): CellRun {
  return { index, number, source, durationMs: run?.durationMs, failure: run?.failure };
}

function toFailure(
  result: CellResult,
  cell: CodeCell,
  index: number,
  number: number,
): CellFailure | undefined {
  const { outcome, message, traceback } = result;
  if (outcome === "ok") return undefined;
  const isExpected = outcome === "error" && (cell.metadata.tags?.includes(RAISES_TAG) ?? false);
  return { index, number, outcome, message, traceback, isExpected };
}

function mayGoOn(failure: CellFailure, { allowErrors = false }: RunnerOptions): boolean {
  return failure.isExpected || (allowErrors && failure.outcome === "error");
}

/** Names for errors that the kernel could not tell itself. */
const lossNames: Partial<Record<CellFailure["outcome"], string>> = {
  "kernel-died": "KernelDied",
  "server-lost": "ServerLost",
};

/** A cell that merely stops would puzzle who reads the notebook. */
function showLoss(cell: CodeCell, { outcome, message, traceback }: CellFailure): void {
  const ename = lossNames[outcome];
  if (ename === undefined) return;
  cell.outputs.push({
    output_type: "error",
    ename,
    evalue: message,
    traceback: [message, ...traceback],
  });
}
