import { z } from "zod";
import { tool } from "../../../src/tools/tool.js";
import { asData, refusal } from "./as-data.js";
import { notebookTool } from "./tool-site.js";

/** The type of a variable, whole. */
export const describeType = notebookTool(({ notebook }) =>
  tool(
    "describe_type",
    "Tells the type of a variable that a cell has declared, as the TypeScript checker knows it.",
    { name: z.string() },
    async ({ name }) => {
      const type = await notebook.describeType(name);
      return type === undefined
        ? refusal(`No cell has declared ${JSON.stringify(name)}. list_variables tells what there is.`)
        : asData(type);
    },
    { annotations: { readOnlyHint: true } },
  ),
);
