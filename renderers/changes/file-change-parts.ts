import type { Part } from "../response/parts.js";
import type { FileChange } from "./file-changes.js";

/** The files that a turn changed, a part each. */
export function fileChangeParts(changes: { readonly files: readonly FileChange[] }): readonly Part[] {
  if (changes.files.length === 0) {
    const text = "Changes by commands are not listed, only those by the tools that edit files.";
    return [{ id: "changes", type: "notice", state: "done", level: "info", title: "No file changed", text }];
  }
  return changes.files.map((data, index) => ({
    id: `change-${index}`,
    type: "view",
    state: "done",
    view: "file-change",
    data,
  }));
}
