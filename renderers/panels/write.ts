import { languageOfFile } from "../code/languages.js";
import { hunksOfPatch } from "../diff/diff-hunks.js";
import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { changeFacts } from "./edit.js";
import { countLines, formatCount } from "./format-figures.js";
import { definePanel } from "./panel.js";
import { fieldOf, stringField } from "./read-value.js";
import { resultSections } from "./tool-result.js";

/** A new file, line by line as it is written; a file that was there before shows as the difference. */
export const writePanel = definePanel<ToolPart>({
  name: "write",
  matches: (part) => part.type === "tool" && part.name === "Write",
  frame: "panel",
  kind: () => "write",
  summary: (part) => {
    const patch = patchOf(part);
    const lines = { text: formatCount(countLines(contentOf(part)), "line") };
    return { name: "Write", target: pathOf(part), facts: patch ? changeFacts(patch) : [lines] };
  },
  body: (part): readonly Section[] => {
    const language = languageOfFile(pathOf(part));
    const patch = patchOf(part);
    const isGrowing = part.state === "streaming";
    return [
      patch
        ? { type: "diff", hunks: patch, language }
        : { type: "code", code: contentOf(part).replace(/\n$/, ""), language, firstLine: 1, isGrowing },
      ...(part.result?.isError ? resultSections(part) : []),
    ];
  },
  isOpen: () => true,
});

function patchOf({ result }: ToolPart) {
  return hunksOfPatch(fieldOf(result?.structured, "structuredPatch"));
}

function pathOf({ input }: ToolPart): string {
  return stringField(input, "file_path") ?? "";
}

function contentOf({ input }: ToolPart): string {
  return stringField(input, "content") ?? (typeof input === "string" ? input : "");
}
