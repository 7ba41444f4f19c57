import { basename, join, resolve } from "node:path";
import { HostError } from "../host-error.js";
import { executedPath } from "./run-notebook.js";

/**
 * Where the results of several notebooks go: under their own names in `folder`, else beside each.
 * @returns absolute paths in the order of `paths`.
 * @throws HostError `output-unwritable` when two notebooks would be saved in one file, or one over a notebook.
 */
export function outputPaths(paths: readonly string[], folder: string | undefined): readonly string[] {
  const outputs = paths.map((path) =>
    resolve(folder === undefined ? executedPath(path) : join(folder, basename(path))),
  );
  const notebooks = new Set(paths.map((path) => resolve(path)));
  const takenBy = new Map<string, string>();
  for (const [index, output] of outputs.entries()) {
    const path = paths[index] ?? "";
    if (notebooks.has(output)) {
      throw new HostError("output-unwritable", `Cannot write ${output}: it is a notebook that is run.`, {
        hints: ["Name another folder with `-o`, or leave it out for NOTEBOOK.executed.ipynb"],
      });
    }
    const other = takenBy.get(output);
    if (other !== undefined) {
      throw new HostError("output-unwritable", `${other} and ${path} would both be saved as ${output}.`, {
        hints: ["Run them one after the other, each with a folder of its own"],
      });
    }
    takenBy.set(output, path);
  }
  return outputs;
}
