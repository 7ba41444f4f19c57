import { HostError } from "../host-error.js";
import { KERNEL_NAME } from "../kernel-name.js";
import type { Notebook } from "./notebook.js";

/** Kernels whose notebooks run unchanged on ours. */
const runnable: ReadonlySet<string> = new Set([KERNEL_NAME, "tslab"]);

/**
 * Checks that a notebook is one for our kernel. One that names no kernel is taken for TypeScript, unless it says that
 * it is in another language.
 * @throws HostError `notebook-language`, which names the notebook's kernel.
 */
export function checkLanguage(notebook: Notebook, path: string): void {
  const { kernelspec, language_info: language } = notebook.metadata;
  const kernel = kernelspec?.name;
  if (kernel === undefined ? isTypeScript(language?.name) : runnable.has(kernel)) return;
  const shown = kernelspec?.display_name ?? language?.name;
  const named = kernel === undefined ? `in ${language?.name}` : `for the kernel "${kernel}"`;
  throw new HostError(
    "notebook-language",
    `${path} is a notebook ${named}${kernel !== undefined && shown !== undefined ? ` (${shown})` : ""}; only notebooks for "${KERNEL_NAME}" can be run.`,
    {
      hints: [
        "`claude-notebook export` without `--execute` takes notebooks of any language",
        `If its cells are TypeScript, choose the kernel "TypeScript (Claude)" in Jupyter and save it`,
      ],
    },
  );
}

function isTypeScript(language: string | undefined): boolean {
  return language === undefined || language.toLowerCase() === "typescript";
}
