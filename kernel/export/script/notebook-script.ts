import { isBuiltin } from "node:module";
import { readCell } from "../../compile/typescript/read-cell.js";
import { readMetadata } from "../../compile/typescript/read-metadata.js";
import { type Cell, type CodeCell, isCodeCell, type Notebook } from "../../notebook/notebook.js";
import { PACKAGE_GLOBALS } from "../../run/globals.js";
import { type CellNames, readCellNames } from "./cell-names.js";
import { originOf } from "./import-origins.js";
import { type NameVersions, originsOf, versionNames } from "./name-versions.js";
import type { ScriptCell } from "./script-cell.js";
import { scriptHeader } from "./script-header.js";
import { SCRIPT_HELPERS } from "./script-helpers.js";
import { showsResult } from "./shows-result.js";
import { commented, withoutCellMagic, withoutLineMagics } from "./without-magics.js";
import { writeCell } from "./write-cell.js";

/** A notebook as a program. */
export interface NotebookScript {
  readonly text: string;
  /** What the program does not do that the notebook does, a sentence each. */
  readonly notes: readonly string[];
}

/** Where a cell stands in the script: as code, or as a comment with the reason. */
type Entry =
  | { readonly code: ScriptCell }
  | { readonly marker: string; readonly comment: string; readonly reason: string | undefined };

/** What a script imports the names from that cells have without an import. */
const PACKAGE = "claude-notebook";
const DISPLAY = "display";
const GLOBALS: ReadonlySet<string> = new Set([...PACKAGE_GLOBALS, DISPLAY]);
const EMPTY: CellNames = { own: new Map(), free: [], all: new Set() };

/**
 * A notebook as a TypeScript program: the cells in their order, in jupytext's percent format, with the names that notebooks have
 * without an import imported. What a program cannot do (other programs' cells, cells that are meant to fail) stands in comments.
 *
 * @param name what the notebook is called, for the first line
 * @see https://jupytext.readthedocs.io/en/latest/formats-scripts.html#the-percent-format
 */
export function notebookScript(notebook: Notebook, name: string): NotebookScript {
  const notes: string[] = [];
  const entries = readEntries(notebook, notes);
  const cells = entries.flatMap((entry) => ("code" in entry ? [entry.code] : []));
  const needsShow = cells.some((cell) => cell.showsResult);
  const hasOther = cells.some(hasOtherDisplay);
  const versions = versionNames(cells, GLOBALS, needsShow && !hasOther ? [DISPLAY] : []);
  const show = hasOther ? versions.unused("display_value") : DISPLAY;
  const body = entries.map((entry) => {
    if (!("code" in entry))
      return [`// %%${entry.marker}`, entry.reason ?? "", entry.comment].filter(Boolean).join("\n");
    return `// %%\n${writeCell(entry.code, versions, show)}`.trimEnd();
  });
  for (const cell of cells.filter(({ parsed }) => parsed.tsx))
    notes.push(`Cell ${cell.number} has JSX: give the script a name that ends with .tsx.`);
  const head = headOf(name, cells, versions, needsShow ? show : undefined);
  return { text: `${[head, ...body].join("\n\n")}\n`, notes };
}

function readEntries(notebook: Notebook, notes: string[]): Entry[] {
  const { kernelspec } = notebook.metadata;
  const isTslab = kernelspec?.name === "tslab" || kernelspec?.name === "jslab";
  const declared = declaredNames(notebook);
  const entries = notebook.cells.map((cell, i) => readEntry(cell, i + 1, { declared, isTslab, notes }));
  // A cell that is meant to fail is left out, unless others need what it alone declares.
  return entries.map((entry, i): Entry => {
    const cell = notebook.cells[i]!;
    if (!("code" in entry) || !cell.metadata.tags?.includes("raises-exception")) return entry;
    const others = entries.flatMap((other) => (other !== entry && "code" in other ? [other.code.names] : []));
    const isAlone = (name: string): boolean =>
      entry.code.names.own.has(name) && !others.some(({ own }) => own.has(name));
    const isNeeded = others.some(({ free }) => free.some(({ name }) => isAlone(name)));
    return isNeeded ? entry : leftOut(cell, "In the notebook this cell is meant to fail.");
  });
}

interface ReadContext {
  readonly declared: ReadonlySet<string>;
  readonly isTslab: boolean;
  readonly notes: string[];
}

function readEntry(cell: Cell, number: number, { declared, isTslab, notes }: ReadContext): Entry {
  if (!isCodeCell(cell)) {
    const marker = cell.cell_type === "markdown" ? " [markdown]" : " [raw]";
    return { marker, comment: commented(cell.source.trimEnd()), reason: undefined };
  }
  const module = readMetadata(cell.source).module;
  if (module !== undefined) {
    notes.push(`Cell ${number} is a module: save it as ${module}.ts beside the script.`);
    return leftOut(cell, `A module of its own: ${module}.ts`);
  }
  const plain =
    withoutCellMagic(cell.source, (name) => declared.has(name)) ??
    withoutLineMagics(cell.source, (line, text) => usesUnknown(line, text, declared));
  for (const magic of plain.leftOut)
    notes.push(`Cell ${number}: ${magic} is left out, a script has nothing like it.`);
  const parsed = readCell(plain.text);
  const [fault] = parsed.errors;
  if (fault) {
    notes.push(`Cell ${number} is left out, it is no TypeScript: ${fault.message}.`);
    return leftOut(cell, "No TypeScript:");
  }
  const names = parsed.body.length > 0 ? readCellNames(parsed) : EMPTY;
  return { code: { number, parsed, names, showsResult: showsResult(cell, parsed, isTslab) } };
}

function leftOut(cell: Cell | CodeCell, reason: string): Entry {
  return { marker: "", comment: commented(cell.source.trimEnd()), reason: `// ${reason}` };
}

/** What the cells declare, as far as they are read without their magics; for magics that may be code and values in prompts. */
function declaredNames({ cells }: Notebook): Set<string> {
  const found = new Set<string>();
  for (const cell of cells.filter(isCodeCell)) {
    const plain = withoutCellMagic(cell.source, () => false) ?? withoutLineMagics(cell.source, () => false);
    for (const name of readCell(plain.text).declarations.keys()) found.add(name);
  }
  return found;
}

/** Whether a line of TypeScript uses a name that neither a cell nor JavaScript has: `!ls` reads as code too. */
function usesUnknown(line: number, text: string, declared: ReadonlySet<string>): boolean {
  const parsed = readCell(text);
  return readCellNames(parsed).free.some(({ name, start }) => {
    if (text.slice(0, start).split("\n").length !== line) return false;
    return !declared.has(name) && !GLOBALS.has(name) && !(name in globalThis);
  });
}

/** Whether a cell declares a `display` that is not the package's. */
function hasOtherDisplay(cell: ScriptCell): boolean {
  return cell.names.own.has(DISPLAY) && originsOf(cell).get(DISPLAY) !== originOf(PACKAGE, DISPLAY);
}

function headOf(
  name: string,
  cells: readonly ScriptCell[],
  versions: NameVersions,
  show: string | undefined,
): string {
  const helpers = Object.entries(SCRIPT_HELPERS).filter(([helper]) => versions.undeclared.has(helper));
  const names = versions.imported(PACKAGE);
  const shown = show === undefined ? [] : [show === DISPLAY ? DISPLAY : `${DISPLAY} as ${show}`];
  const globals = [...new Set([...names, ...shown])].sort();
  const packages = packagesOf(cells, globals.length > 0);
  const lines = [
    scriptHeader(name),
    ...(packages.length > 0 ? [`// It needs these packages: ${packages.join(", ")}`] : []),
    ...(globals.length > 0 ? [`import { ${globals.join(", ")} } from ${JSON.stringify(PACKAGE)};`] : []),
    ...helpers.map(([, { imports }]) => imports).filter(Boolean),
    ...helpers.map(([, { code }]) => code),
    // Without an import or an export a file is no module, and no `await` can stand at its top.
    ...(globals.length > 0 ? [] : ["export {};"]),
  ];
  return lines.join("\n");
}

function packagesOf(cells: readonly ScriptCell[], usesOwn: boolean): string[] {
  const specifiers = cells.flatMap(({ parsed }) =>
    parsed.imports.filter((each) => /^[@\w]/.test(each) && !isBuiltin(each)),
  );
  const names = specifiers.map((each) => /^(?:@[^/]+\/)?[^/]+/.exec(each)![0]);
  return [...new Set([...names, ...(usesOwn ? [PACKAGE] : [])])].sort();
}
