import { z } from "zod";
import { tool } from "../../../src/tools/tool.js";
import { notebookTool } from "./tool-site.js";

/** Largest cell that is put below, in characters. */
const MAX_CODE_CHARS = 100_000;

/** Code for the user to run. */
export const setNextCell = notebookTool(({ notebook, cell }) =>
  tool(
    "set_next_cell",
    "Puts code into a new cell below the one that asked, for the user to look at and to run. Nothing runs by it.",
    { code: z.string().min(1).max(MAX_CODE_CHARS) },
    ({ code }) => {
      if (!cell.running) throw new Error("The cell that asked has ended, so nothing can be put below it.");
      notebook.setNextCell(cell, code);
      return "The code stands in the cell below when this one has ended, where the front end can do that.";
    },
  ),
);
