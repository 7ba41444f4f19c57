import { languageOfFile } from "../code/languages.js";
import {
  countChanges,
  type DiffHunk,
  hunksOfChanges,
  hunksOfPatch,
  replacedHunk,
  type TextChange,
} from "../diff/diff-hunks.js";
import type { ToolPart } from "../response/parts.js";
import { formatCount } from "./format-figures.js";
import { definePanel, type Fact } from "./panel.js";
import { arrayField, fieldOf, stringField } from "./read-value.js";
import { rememberOfPart } from "./remember-of-part.js";
import { resultSections } from "./tool-result.js";

const EDITS: readonly string[] = ["Edit", "MultiEdit"];

/** A change of a file: a diff with the file's own line numbers once the tool has run, and with none before. */
export const editPanel = definePanel<ToolPart>({
  name: "edit",
  matches: (part) => part.type === "tool" && EDITS.includes(part.name),
  frame: "panel",
  kind: () => "write",
  summary: (part) => ({
    name: "Edit",
    target: stringField(part.input, "file_path") ?? "",
    facts: [...editFacts(part), ...changeFacts(hunksOf(part))],
  }),
  body: (part) => [
    {
      type: "diff",
      hunks: hunksOf(part),
      language: languageOfFile(stringField(part.input, "file_path") ?? ""),
      isGrowing: part.state === "streaming",
    },
    ...(part.result?.isError ? resultSections(part) : []),
  ],
  isOpen: () => true,
});

/** Compared once for a part, which is drawn as HTML, markdown and text, each with a summary. */
const hunksOf = rememberOfPart(({ input, result, state }): readonly DiffHunk[] => {
  const patch = hunksOfPatch(fieldOf(result?.structured, "structuredPatch"));
  if (patch) return patch;
  const changes = (arrayField(input, "edits") ?? [input]).map(
    (edit): TextChange => [stringField(edit, "old_string") ?? "", stringField(edit, "new_string") ?? ""],
  );
  return state === "streaming"
    ? changes.map(([before, after]) => replacedHunk(before, after))
    : hunksOfChanges(changes);
});

function editFacts({ input }: ToolPart): Fact[] {
  const edits = arrayField(input, "edits");
  if (edits) return [{ text: formatCount(edits.length, "edit") }];
  return fieldOf(input, "replace_all") === true ? [{ text: "all occurrences" }] : [];
}

/** "+2 −1". */
export function changeFacts(hunks: readonly DiffHunk[]): Fact[] {
  const { added, removed } = countChanges(hunks);
  return [
    ...(added ? [{ text: `+${added}`, tone: "ok" as const }] : []),
    ...(removed ? [{ text: `−${removed}`, tone: "bad" as const }] : []),
  ];
}
