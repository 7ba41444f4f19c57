import { constants } from "node:buffer";
import { HostError } from "../host-error.js";
import { formatNotebook } from "./format-notebook.js";
import type { Notebook } from "./notebook.js";
import { writeOutput } from "./write-output.js";

/** Characters of the longest text that Node.js can hold, in millions. */
const MOST_MILLIONS = Math.floor(constants.MAX_STRING_LENGTH / 1e6);

/**
 * Writes a notebook as Jupyter would, whole or not at all.
 * @throws HostError `output-unwritable`, also for a notebook that no text is long enough for.
 */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeOutput(path, format(path, notebook));
}

function format(path: string, notebook: Notebook): string {
  try {
    return formatNotebook(notebook);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new HostError(
      "output-unwritable",
      `Cannot write ${path}: its outputs are longer than ${MOST_MILLIONS} million characters.`,
      {
        cause,
        hints: [
          "What was saved before stands there still",
          "Let cells write what is large to files of its own",
        ],
      },
    );
  }
}
