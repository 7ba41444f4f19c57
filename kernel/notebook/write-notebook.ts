import { formatNotebook } from "./format-notebook.js";
import type { Notebook } from "./notebook.js";
import { writeOutput } from "./write-output.js";

/**
 * Writes a notebook as Jupyter would, whole or not at all.
 * @throws HostError `output-unwritable`.
 */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeOutput(path, formatNotebook(notebook));
}
