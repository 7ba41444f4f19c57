import { resolve } from "node:path";
import { ENGINE_VARIABLE } from "../compile/engine-choice.js";
import { HostError } from "../host-error.js";
import { KERNEL_DISPLAY_NAME, KERNEL_LANGUAGE, KERNEL_NAME } from "../kernel-name.js";
import { checkLanguage } from "./check-language.js";
import { embeddedKernelSource } from "./embedded-kernel-source.js";
import type { KernelSource } from "./kernel-source.js";
import type { Notebook } from "./notebook.js";
import { createNotebookRunner, type RunnerOptions } from "./notebook-runner.js";
import { type ParameterOptions, setParameters } from "./parameters/set-parameters.js";
import type { CutOff, RunReport } from "./run-report.js";
import { selectCells } from "./select-cells.js";

export interface ExecuteOptions extends RunnerOptions, ParameterOptions {
  /** Variables for the kernel, beside those of this process and CLAUDE_NOTEBOOK_PATH. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Told what the kernel's process writes past the notebook. @defaultValue it goes to stderr */
  readonly onKernelOutput?: ((text: string) => void) | undefined;
  /** Where the kernel comes from. @defaultValue this machine, beside the notebook */
  readonly kernelSource?: KernelSource | undefined;
  /** How often a run may begin again after its server was lost. @defaultValue 0 */
  readonly retries?: number | undefined;
}

/**
 * Runs a notebook, in place, on a kernel of its own. The kernel works in the notebook's folder, where its recordings
 * are, and finds its path in CLAUDE_NOTEBOOK_PATH.
 *
 * A run that the loss of its server cuts off begins again from the first cell, on a fresh kernel, up to `retries` times. A
 * cell that fails, or kills its kernel, would do so again: that is never tried twice.
 *
 * @param path where the notebook was read from.
 * @throws HostError when the notebook is for another kernel, a parameter or the range of cells does not fit it, or
 * the kernel cannot be started.
 */
export async function executeNotebook(
  notebook: Notebook,
  path: string,
  options: ExecuteOptions = {},
): Promise<RunReport> {
  checkLanguage(notebook, path);
  await setParameters(notebook, path, options);
  // The runner picks them; what is wrong with the range is said before a kernel starts.
  await selectCells(notebook, options);
  const cutOffs: CutOff[] = [];
  for (;;) {
    const { report, cutOff, error } = await executeOnce(notebook, resolve(path), options);
    if (cutOff === undefined || cutOffs.length >= (options.retries ?? 0) || options.signal?.aborted) {
      if (report === undefined) throw error;
      return cutOffs.length === 0 ? report : { ...report, cutOffs };
    }
    cutOffs.push(cutOff);
    options.onEvent?.({ type: "run-again", cutOff });
  }
}

/** How one run ended: with a report or, when the server went away before the first cell, with an error. */
interface Attempt {
  readonly report?: RunReport;
  readonly error?: unknown;
  /** What there is to say when it was the server that ended it. */
  readonly cutOff?: CutOff | undefined;
}

async function executeOnce(
  notebook: Notebook,
  notebookPath: string,
  options: ExecuteOptions,
): Promise<Attempt> {
  options.onEvent?.({ type: "kernel-starting" });
  const kernel = await (options.kernelSource ?? embeddedKernelSource).open({
    notebookPath,
    // A run is no session of the user's: it leaves no trace in the history that the next notebook offers.
    env: {
      CLAUDE_NOTEBOOK_HISTORY: "",
      ...engineOf(notebook),
      ...options.env,
      CLAUDE_NOTEBOOK_PATH: notebookPath,
    },
    signal: options.signal,
    onKernelOutput: options.onKernelOutput,
  });
  if (kernel === undefined)
    return { report: { outcome: "interrupted", notebook, executed: 0, total: 0, cells: [], failures: [] } };
  const { baseUrl } = kernel;
  try {
    notebook.metadata.kernelspec ??= {
      display_name: KERNEL_DISPLAY_NAME,
      language: KERNEL_LANGUAGE,
      name: KERNEL_NAME,
    };
    const report = await createNotebookRunner(kernel, options).run(notebook);
    const { number = 0, message = "" } = report.failures.at(-1) ?? {};
    return { report, cutOff: report.outcome === "server-lost" ? { baseUrl, number, message } : undefined };
  } catch (error) {
    if (!HostError.isInstance(error) || error.code !== "server-unreachable") throw error;
    return { error, cutOff: { baseUrl, number: 0, message: error.message } };
  } finally {
    await kernel.close();
  }
}

/** Kernels of tslab, whose notebooks count on its ways: there, `x;` shows a value. */
const TSLAB_KERNELS: readonly unknown[] = ["tslab", "jslab"];

/** A notebook that was written for tslab's kernel runs on tslab's engine, unless another one is asked for. */
function engineOf(notebook: Notebook): Record<string, string> {
  const isTslab = TSLAB_KERNELS.includes(notebook.metadata.kernelspec?.name);
  return isTslab && !process.env[ENGINE_VARIABLE] ? { [ENGINE_VARIABLE]: "tslab" } : {};
}
