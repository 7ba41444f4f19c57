import { type DiffHunk, hunksOfPatch, hunksOfTexts, replacedHunk } from "../diff/diff-hunks.js";
import { arrayField, fieldOf, stringField } from "../panels/read-value.js";

/** What one call of a tool did to a file. */
export interface FileEdit {
  readonly path: string;
  /** The file was not there before. */
  readonly created: boolean;
  /** The whole file before and after it, where the CLI says so. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly hunks: readonly DiffHunk[];
}

type ReadEdit = (result: unknown) => Omit<FileEdit, "path"> | undefined;

/** The tools that change files, each with the field that names the file and what its structured result says. */
const EDITS: Readonly<Record<string, { readonly path: string; readonly read: ReadEdit }>> = {
  Edit: {
    path: "filePath",
    read(result) {
      const before = stringField(result, "originalFile");
      // An edit that replaces nothing in no file makes one.
      if (!before && stringField(result, "oldString") === "") return asNew(stringField(result, "newString"));
      return { ...asPatch(result, before), after: replaced(before, result) };
    },
  },
  MultiEdit: {
    path: "filePath",
    read(result) {
      const before = stringField(result, "originalFileContents") ?? stringField(result, "originalFile");
      const after = arrayField(result, "edits")?.reduce<string | undefined>(replaced, before);
      return { ...asPatch(result, before), after };
    },
  },
  Write: {
    path: "filePath",
    read(result) {
      const after = stringField(result, "content");
      const before = stringField(result, "originalFile");
      return before === undefined ? asNew(after) : { ...asPatch(result, before), after };
    },
  },
  NotebookEdit: {
    path: "notebook_path",
    read(result) {
      if (stringField(result, "error")) return undefined;
      const mode = stringField(result, "edit_mode");
      const before = mode === "insert" ? "" : (stringField(result, "old_source") ?? "");
      const after = mode === "delete" ? "" : (stringField(result, "new_source") ?? "");
      return {
        created: false,
        hunks: before === "" ? [replacedHunk("", after)] : hunksOfTexts(before, after),
      };
    },
  },
};

/** What a tool's structured result says it did to a file; undefined for other tools, and for a call that failed. */
export function readFileEdit(tool: string, result: unknown): FileEdit | undefined {
  const row = Object.hasOwn(EDITS, tool) ? EDITS[tool] : undefined;
  const path = row && stringField(result, row.path);
  const edit = path && row.read(result);
  return edit ? { path, ...edit } : undefined;
}

function asPatch(result: unknown, before: string | undefined): Omit<FileEdit, "path"> {
  return { created: false, before, hunks: hunksOfPatch(fieldOf(result, "structuredPatch")) ?? [] };
}

function asNew(after = ""): Omit<FileEdit, "path"> {
  return { created: true, before: "", after, hunks: after === "" ? [] : hunksOfTexts("", after, true) };
}

/** A text with what an edit replaces replaced; undefined where the edit does not fit the text. */
function replaced(text: string | undefined, edit: unknown): string | undefined {
  const from = stringField(edit, "oldString") ?? stringField(edit, "old_string");
  const to = stringField(edit, "newString") ?? stringField(edit, "new_string");
  if (text === undefined || !from || to === undefined || !text.includes(from)) return undefined;
  const all = fieldOf(edit, "replaceAll") ?? fieldOf(edit, "replace_all");
  // As functions: `$&` in code is no pattern.
  return all === true ? text.replaceAll(from, () => to) : text.replace(from, () => to);
}
