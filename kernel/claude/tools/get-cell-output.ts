import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { tool } from "../../../src/tools/tool.js";
import { refusal } from "./as-data.js";
import { outputBlocks } from "./output-blocks.js";
import { notebookTool } from "./tool-site.js";

/** What a cell printed and showed. */
export const getCellOutput = notebookTool(({ notebook }) =>
  tool(
    "get_cell_output",
    "Gives what a cell printed and showed when it last ran, by its execution number, the n of [n]; figures come as images.",
    {
      n: z.int().min(1).describe("The cell's execution number"),
      mime: z.string().optional().describe('Only outputs of this media type, as in "image/png"'),
    },
    ({ n, mime }) => {
      const { entries } = notebook.journal;
      const cell = entries.findLast(({ executionCount }) => executionCount === n);
      if (!cell) {
        const kept = entries.map(({ executionCount }) => executionCount);
        return refusal(`No output of cell [${n}] is kept; there are those of [${kept.join("], [")}].`);
      }
      const { error } = cell;
      const text = error ? `${cell.text}${stripVTControlCharacters(error.traceback.join("\n"))}` : cell.text;
      const content = outputBlocks({ ...cell, text }, mime);
      return content.length > 0 ? { content } : `Cell [${n}] has shown nothing${mime ? ` of ${mime}` : ""}.`;
    },
    { annotations: { readOnlyHint: true } },
  ),
);
