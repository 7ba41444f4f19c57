import { countChanges, type DiffHunk, hunksOfTexts, replacedHunk } from "../diff/diff-hunks.js";
import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { changeFacts } from "./edit.js";
import { definePanel, type Fact } from "./panel.js";
import { stringField } from "./read-value.js";
import { rememberOfPart } from "./remember-of-part.js";
import { resultSections } from "./tool-result.js";

/** What became of a cell, for the summary. */
const MODES: Readonly<Record<string, string>> = { insert: "new cell", delete: "cell removed" };

/** A change of a notebook's cell: a diff of its source; new cells line by line as they are written. */
export const notebookEditPanel = definePanel<ToolPart>({
  name: "notebook-edit",
  matches: (part) => part.type === "tool" && part.name === "NotebookEdit",
  frame: "panel",
  kind: () => "write",
  summary: (part) => ({
    name: "Edit cell",
    target: stringField(part.input, "notebook_path") ?? "",
    facts: [...cellFacts(part), ...changeFacts(hunksOf(part))],
  }),
  body: (part): readonly Section[] => {
    const failed = part.result?.isError ? resultSections(part) : [];
    const hunks = hunksOf(part);
    if (countChanges(hunks).removed > 0 || modeOf(part) === "delete")
      return [{ type: "diff", hunks, language: languageOf(part) }, ...failed];
    const code = stringField(part.input, "new_source") ?? "";
    const isGrowing = part.state === "streaming";
    if (code === "") return failed;
    return [{ type: "code", code, language: languageOf(part), firstLine: 1, isGrowing }, ...failed];
  },
  isOpen: () => true,
});

function modeOf({ input, result }: ToolPart): string {
  return stringField(result?.structured, "edit_mode") ?? stringField(input, "edit_mode") ?? "replace";
}

const hunksOf = rememberOfPart((part): readonly DiffHunk[] => {
  const before = stringField(part.result?.structured, "old_source");
  const after = modeOf(part) === "delete" ? "" : (stringField(part.input, "new_source") ?? "");
  if (before === undefined || modeOf(part) === "insert") return [replacedHunk("", after)];
  return hunksOfTexts(before, after, true);
});

function cellFacts(part: ToolPart): Fact[] {
  const { input, result } = part;
  const cell = stringField(result?.structured, "cell_id") ?? stringField(input, "cell_id");
  const mode = MODES[modeOf(part)];
  return [...(cell ? [{ text: `cell ${cell}` }] : []), ...(mode ? [{ text: mode }] : [])];
}

function languageOf({ input, result }: ToolPart): string {
  const type = stringField(result?.structured, "cell_type") ?? stringField(input, "cell_type");
  if (type === "markdown") return "markdown";
  return stringField(result?.structured, "language") ?? "python";
}
