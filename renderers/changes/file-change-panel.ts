import { z } from "zod";
import { languageOfFile } from "../code/languages.js";
import { changeFacts } from "../panels/edit.js";
import { definePanel } from "../panels/panel.js";
import type { ViewPart } from "../response/parts.js";

const line = z.object({
  sign: z.enum([" ", "+", "-"]),
  text: z.string(),
  oldLine: z.number().optional(),
  newLine: z.number().optional(),
});
const changeData = z.object({
  path: z.string(),
  created: z.boolean(),
  hunks: z.array(z.object({ lines: z.array(line) })),
});

/** What a turn did to a file, as one difference. */
export const fileChangePanel = definePanel<ViewPart>({
  name: "file-change",
  matches: (part) => part.type === "view" && part.view === "file-change",
  frame: "panel",
  kind: () => "write",
  isOpen: () => true,
  summary: ({ data }) => {
    const { path, created, hunks } = changeData.parse(data);
    return { name: created ? "New file" : "Changed", target: path, facts: changeFacts(hunks) };
  },
  body: ({ data }) => {
    const { path, hunks } = changeData.parse(data);
    // The differences of a notebook are those of its cells, whatever their language.
    const language = path.endsWith(".ipynb") ? undefined : languageOfFile(path);
    return hunks.length > 0
      ? [{ type: "diff", hunks, language }]
      : [{ type: "note", text: "The file is empty." }];
  },
});
