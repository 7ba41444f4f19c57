import type { Declaration } from "../../compile/typescript/read-declarations.js";
import { importedNames, originOf } from "./import-origins.js";
import type { ScriptCell } from "./script-cell.js";

/** What the names of the cells are called in one file, where each can be declared once. */
export interface NameVersions {
  /** What `name`, declared by that cell, is called. */
  declared(name: string, cell: ScriptCell): string;
  /** What `name`, used by that cell and declared by others or by none, is called. */
  used(name: string, cell: ScriptCell): string;
  /** Whether an import of that cell repeats one that is there already. */
  isRepeated(name: string, cell: ScriptCell): boolean;
  /** Names that are used of a module without an import. */
  imported(module: string): readonly string[];
  /** Names that cells use and none declares. */
  readonly undeclared: ReadonlySet<string>;
  /** A name like `wanted` that nothing in the cells is called. */
  unused(wanted: string): string;
}

/** One declaration of a name, or several that are one. */
interface Version {
  readonly id: string;
  readonly declaration: Declaration | undefined;
  /** Where an import has it from. */
  readonly origin: string | undefined;
}

/**
 * Gives each declaration a name of its own: a name that is declared again becomes `name_2`, and so do its uses up to the next
 * declaration. Cells are read from the top, as they run in a fresh notebook.
 *
 * @param globals names that stand for an import from `claude-notebook` where no cell has declared them
 * @param imported those of them that the script imports in any case
 */
export function versionNames(
  cells: readonly ScriptCell[],
  globals: ReadonlySet<string>,
  imported: readonly string[],
): NameVersions {
  const taken = new Set(cells.flatMap(({ names }) => [...names.all]));
  const versions = new Map<string, Version[]>();
  const declared = new Map<ScriptCell, Map<string, { version: Version; isRepeated: boolean }>>();
  const before = new Map<ScriptCell, Map<string, Version | undefined>>();
  const undeclared = new Set<string>();

  const unused = (wanted: string): string => {
    let id = wanted;
    for (let n = 2; taken.has(id); n++) id = `${wanted}_${n}`;
    taken.add(id);
    return id;
  };
  const newest = (name: string): Version | undefined => versions.get(name)?.at(-1);
  const add = (name: string, version: Omit<Version, "id">): Version => {
    const known = versions.get(name) ?? [];
    const added = { ...version, id: known.length === 0 ? name : unused(name) };
    versions.set(name, [...known, added]);
    return added;
  };

  const addGlobal = (name: string): void =>
    void add(name, { declaration: undefined, origin: originOf("claude-notebook", name) });
  imported.forEach(addGlobal);
  for (const cell of cells) {
    const origins = originsOf(cell);
    const seen = new Map<string, Version | undefined>();
    for (const { name } of cell.names.free) {
      if (!newest(name) && globals.has(name)) addGlobal(name);
      if (!newest(name)) undeclared.add(name);
      seen.set(name, newest(name));
    }
    before.set(cell, seen);
    const own = new Map<string, { version: Version; isRepeated: boolean }>();
    for (const name of cell.names.own.keys()) {
      const origin = origins.get(name);
      const declaration = cell.parsed.declarations.get(name);
      const old = newest(name);
      const isRepeated = old?.origin !== undefined && old.origin === origin;
      const isSame = isRepeated || (old !== undefined && continues(old.declaration, declaration));
      own.set(name, { version: isSame ? old! : add(name, { declaration, origin }), isRepeated });
    }
    declared.set(cell, own);
  }
  return {
    declared: (name, cell) => declared.get(cell)?.get(name)?.version.id ?? name,
    // A name of a cell below: functions may use it before it is there.
    used: (name, cell) => (before.get(cell)?.get(name) ?? versions.get(name)?.[0])?.id ?? name,
    isRepeated: (name, cell) => declared.get(cell)?.get(name)?.isRepeated ?? false,
    imported: (module) =>
      [...globals].filter((name) =>
        versions
          .get(name)
          ?.some(({ declaration, origin }) => !declaration && origin === originOf(module, name)),
      ),
    undeclared: new Set([...undeclared].filter((name) => !versions.has(name))),
    unused,
  };
}

/** Where the cell's imports have their names from. */
export function originsOf({ parsed }: ScriptCell): Map<string, string> {
  const imports = parsed.body.filter(({ type }) => type === "ImportDeclaration").flatMap(importedNames);
  return new Map(imports.map(({ local, origin }) => [local, origin]));
}

/** Interfaces and namespaces of one file add to each other; in a notebook one that repeats a member is a new one. */
function continues(old: Declaration | undefined, next: Declaration | undefined): boolean {
  if (old?.kind !== next?.kind || (next?.kind !== "interface" && next?.kind !== "namespace")) return false;
  return old?.args === next.args && ![...next.members].some((each) => old.members.has(each));
}
