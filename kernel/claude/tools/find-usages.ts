import { z } from "zod";
import { tool } from "../../../src/tools/tool.js";
import { clipMasked } from "../values/clip-masked.js";
import { asData } from "./as-data.js";
import { codeOnly } from "./code-only.js";
import { notebookTool } from "./tool-site.js";

const MAX_LINES = 100;
const MAX_LINE_CHARS = 200;

/** Where cells name something. */
export const findUsages = notebookTool(({ notebook }) =>
  tool(
    "find_usages",
    "Finds the lines that hold a name, as a whole word, in the code of the cells that ran lately; comments and texts do not count.",
    { name: z.string().min(1).max(200) },
    ({ name }) => {
      const word = new RegExp(`(?<![\\p{ID_Continue}$])${literal(name)}(?![\\p{ID_Continue}$])`, "u");
      const lines = notebook.journal.entries.flatMap(({ executionCount, code }) => {
        if (!word.test(code)) return [];
        const written = code.split("\n");
        return codeOnly(code)
          .split("\n")
          .flatMap((line, i) =>
            word.test(line) ? [`[${executionCount}]:${i + 1}: ${cut(written[i]!)}`] : [],
          );
      });
      if (lines.length === 0) return `No cell that ran holds ${JSON.stringify(name)}.`;
      const more = lines.length - MAX_LINES;
      return asData([...lines.slice(0, MAX_LINES), ...(more > 0 ? [`… ${more} more lines`] : [])].join("\n"));
    },
    { annotations: { readOnlyHint: true } },
  ),
);

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => (sign === "-" ? "\\x2d" : `\\${sign}`));
}

function cut(line: string): string {
  return line.length > MAX_LINE_CHARS ? `${clipMasked(line, MAX_LINE_CHARS)}…` : line;
}
