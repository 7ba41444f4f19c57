import type { Declaration } from "../../compile/typescript/read-declarations.js";
import type { NamePlace } from "./cell-names.js";
import { importedNames, originOf } from "./import-origins.js";
import type { ScriptCell } from "./script-cell.js";

/** What the names of the cells are called in one file, where each can be declared once. */
export interface NameVersions {
  /** What `name`, declared by that cell, is called. */
  declared(name: string, cell: ScriptCell): string;
  /** What a name that the cell uses and does not declare is called. */
  used(place: NamePlace, cell: ScriptCell): string;
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
  /** What the name means. */
  readonly value: boolean;
  readonly type: boolean;
}

/** What a name means to the next cell. */
interface Meanings {
  readonly value?: Version | undefined;
  readonly type?: Version | undefined;
}

/** What a cell declares of a name. */
interface Own {
  readonly version: Version;
  readonly isRepeated: boolean;
}

/**
 * Gives each declaration a name of its own: a name that is declared again becomes `name_2`, and so do its uses up to the next
 * declaration. A value and a type may share a name, as in one file. Cells are read from the top, as they run in a fresh notebook.
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
  const newest = new Map<string, Meanings>();
  const declared = new Map<ScriptCell, ReadonlyMap<string, Own>>();
  const before = new Map<ScriptCell, ReadonlyMap<string, Meanings>>();
  const undeclared = new Set<string>();

  const unused = (wanted: string): string => {
    let id = wanted;
    for (let n = 2; taken.has(id); n++) id = `${wanted}_${n}`;
    taken.add(id);
    return id;
  };
  const add = (name: string, version: Omit<Version, "id">): Version => {
    const known = versions.get(name) ?? [];
    const free = known.length === 0 ? name : (idBeside(version, known) ?? unused(name));
    const added = { ...version, id: free };
    versions.set(name, [...known, added]);
    const { value, type } = newest.get(name) ?? {};
    newest.set(name, { value: added.value ? added : value, type: added.type ? added : type });
    return added;
  };
  const addGlobal = (name: string): void => {
    const origin = originOf("claude-notebook", name);
    add(name, { declaration: undefined, origin, value: true, type: true });
  };
  const declare = (name: string, cell: ScriptCell, origin: string | undefined): Own => {
    const declaration = cell.parsed.declarations.get(name);
    const { value = true, type = true } = declaration ?? {};
    const meanings = newest.get(name);
    const old = value ? (meanings?.value ?? meanings?.type) : meanings?.type;
    const isRepeated = old?.origin !== undefined && old.origin === origin;
    if (old && (isRepeated || continues(old.declaration, declaration))) return { version: old, isRepeated };
    return { version: add(name, { declaration, origin, value, type }), isRepeated };
  };

  imported.forEach(addGlobal);
  for (const cell of cells) {
    for (const { name } of cell.names.free) {
      if (!newest.has(name) && globals.has(name)) addGlobal(name);
      if (!newest.has(name)) undeclared.add(name);
    }
    before.set(cell, new Map(cell.names.free.map(({ name }) => [name, newest.get(name) ?? {}])));
    const origins = originsOf(cell);
    const own = [...cell.names.own.keys()].map(
      (name) => [name, declare(name, cell, origins.get(name))] as const,
    );
    declared.set(cell, new Map(own));
  }
  return {
    declared: (name, cell) => declared.get(cell)?.get(name)?.version.id ?? name,
    used: ({ name, isType }, cell) => {
      const { value, type } = before.get(cell)?.get(name) ?? {};
      const found = isType ? (type ?? value) : (value ?? type);
      // A name of a cell below: functions may use it before it is there.
      return (found ?? versions.get(name)?.[0])?.id ?? name;
    },
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

/** The name of an earlier declaration that means nothing yet of what this one means: `const T` and `type T`. */
function idBeside({ value, type }: Omit<Version, "id">, known: readonly Version[]): string | undefined {
  const { id } = known.at(-1)!;
  const others = known.filter((each) => each.id === id);
  return others.some((each) => (each.value && value) || (each.type && type)) ? undefined : id;
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
