import { tool } from "../../../src/tools/tool.js";
import { shapeOf } from "../values/shape-of.js";
import { asData } from "./as-data.js";
import { notebookTool } from "./tool-site.js";

/** Variables that are told of in one answer. */
const MAX_VARIABLES = 200;
/** Longest type in the list, in characters; describe_type tells the whole. */
const MAX_TYPE_CHARS = 160;

/** What the cells have declared. */
export const listVariables = notebookTool(({ notebook }) =>
  tool(
    "list_variables",
    "Lists the variables that the notebook's cells have declared: name, type as the TypeScript checker knows it, shape and size. Values are not shown.",
    {},
    async () => {
      const { names } = notebook;
      if (names.length === 0) return "No cell has declared a variable.";
      const lines: string[] = [];
      for (const name of names.slice(0, MAX_VARIABLES)) {
        const value = notebook.read(name)?.value;
        const type = (await notebook.describeType(name)) ?? name;
        const shape = shapeOf(value);
        lines.push(`${cut(type.replace(/\s+/g, " "))}${shape && `  — ${shape}`}`);
      }
      const more = names.length - lines.length;
      return asData([...lines, ...(more > 0 ? [`… ${more} more`] : [])].join("\n"));
    },
    { annotations: { readOnlyHint: true } },
  ),
);

function cut(type: string): string {
  return type.length > MAX_TYPE_CHARS ? `${type.slice(0, MAX_TYPE_CHARS)}…` : type;
}
