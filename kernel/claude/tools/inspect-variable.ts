import { z } from "zod";
import { tool } from "../../../src/tools/tool.js";
import { asData } from "./as-data.js";
import { describeIn, notebookTool, valueAt } from "./tool-site.js";

/** What a variable, or a part of one, holds. */
export const inspectVariable = notebookTool((site) =>
  tool(
    "inspect_variable",
    'Shows the value of a variable that a cell has declared, or of a part of it. Paths are names, [0] and ["key"], as in config.servers[0]; nothing is evaluated and no getter runs.',
    {
      path: z.string().describe('For example: rows, rows[0].city, counts["a b"]'),
      depth: z.int().min(0).max(10).optional().describe("How many objects inside one another; 3 if left out"),
    },
    ({ path, depth }) =>
      asData(`${path} = ${describeIn(site, valueAt(site, path), depth === undefined ? {} : { depth })}`),
    { annotations: { readOnlyHint: true } },
  ),
);
