import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { tool } from "../../../src/tools/tool.js";
import { refusal } from "./as-data.js";
import { outputBlocks } from "./output-blocks.js";
import { whyRefused } from "./run-cell-permission.js";
import { notebookTool } from "./tool-site.js";

/** Largest code that is asked about, in characters: more than anybody would read. */
const MAX_CODE_CHARS = 50_000;

let running = 0;

/** Whether code of Claude's runs, which cannot ask Claude: its turn waits for the code. */
export function runsClaudesCode(): boolean {
  return running > 0;
}

/** Runs TypeScript in the kernel, after the user has allowed it. */
export const runCell = notebookTool(({ notebook, cell, variables }) =>
  tool(
    "run_cell",
    "Runs TypeScript in the notebook's kernel, with its variables: checked, shown in the cell that asked, its output returned. What it declares stays. The user is asked each time.",
    { code: z.string().min(1).max(MAX_CODE_CHARS) },
    async ({ code }, { signal }) => {
      const refused = await whyRefused(cell, code, AbortSignal.any([signal, cell.signal]));
      if (refused !== undefined) return refusal(refused);
      running++;
      try {
        const run = () => notebook.run(cell, code);
        const outcome = await (variables ? variables.during(code, run) : run());
        const { output } = outcome;
        if (!outcome.ok) {
          const error = stripVTControlCharacters(outcome.error.traceback.join("\n"));
          return { content: outputBlocks({ ...output, text: `${output.text}${error}` }), isError: true };
        }
        const content = outputBlocks(output);
        return content.length > 0 ? { content } : "It ran and showed nothing.";
      } finally {
        running--;
      }
    },
  ),
);
