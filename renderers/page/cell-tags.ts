import type { NotebookCell, NotebookDocument } from "./notebook-document.js";

/** What a tag does to a cell. `remove`: not in the page at all; `fold`: behind a fold. */
interface TagEffect {
  readonly removes?: "cell" | "input" | "output";
  readonly folds?: readonly ("input" | "output")[];
}

/**
 * Tags by the names that nbconvert's documentation and Jupyter Book give them; `_` and `-` are the same.
 * @see https://nbconvert.readthedocs.io/en/latest/removing_cells.html
 * @see https://jupyterbook.org/en/stable/interactive/hiding.html
 */
const EFFECTS: Readonly<Record<string, TagEffect>> = {
  "remove-cell": { removes: "cell" },
  "remove-input": { removes: "input" },
  "remove-output": { removes: "output" },
  "hide-cell": { folds: ["input", "output"] },
  "hide-input": { folds: ["input"] },
  "hide-output": { folds: ["output"] },
};

/** What is folded of a cell. */
export interface CellFolds {
  readonly input: boolean;
  readonly output: boolean;
}

/** A notebook without what tags of its cells take away. The cells that are left are the same objects where nothing changed. */
export function withoutRemoved<Document extends NotebookDocument>(notebook: Document): Document {
  const cells: unknown = notebook.cells;
  if (!Array.isArray(cells)) return notebook;
  return {
    ...notebook,
    cells: (cells as NotebookCell[]).filter((cell) => !removes(cell, "cell")).map(withoutParts),
  };
}

function withoutParts(cell: NotebookCell): NotebookCell {
  const input = removes(cell, "input");
  const output = removes(cell, "output");
  if (!input && !output) return cell;
  return {
    ...cell,
    ...(input && { source: "" }),
    ...(output && cell.outputs !== undefined && { outputs: [] }),
  };
}

/** What tags, or Jupyter's own marks of cells that are folded there, fold of a cell. */
export function foldsOf(cell: NotebookCell): CellFolds {
  const folds = effectsOf(cell).flatMap((effect) => effect.folds ?? []);
  const { jupyter, collapsed } = metadataOf(cell) as {
    jupyter?: Record<string, unknown>;
    collapsed?: unknown;
  };
  return {
    input: folds.includes("input") || jupyter?.source_hidden === true,
    output: folds.includes("output") || jupyter?.outputs_hidden === true || collapsed === true,
  };
}

function removes(cell: NotebookCell, part: TagEffect["removes"]): boolean {
  return effectsOf(cell).some((effect) => effect.removes === part);
}

function effectsOf(cell: NotebookCell): TagEffect[] {
  const { tags } = metadataOf(cell) as { tags?: unknown };
  if (!Array.isArray(tags)) return [];
  return tags.flatMap((tag) => {
    const name = String(tag).replaceAll("_", "-");
    return Object.hasOwn(EFFECTS, name) ? [EFFECTS[name]!] : [];
  });
}

function metadataOf(cell: unknown): object {
  const metadata = (cell as NotebookCell | null)?.metadata;
  return typeof metadata === "object" && metadata !== null ? metadata : {};
}
