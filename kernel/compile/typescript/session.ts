import { createAmbientCells } from "./ambient-cells.js";
import { buildCellFile, type CellFile } from "./cell-file.js";
import type { Checker } from "./checker.js";
import { jsxNames, type LanguageOptions } from "./language-options.js";
import { continuedBy, type Meaning, renew, type SessionName } from "./names.js";
import { PIN_DEPTH, pinType } from "./pin-type.js";
import type { PlacedCell } from "./placed-cell.js";
import type { ParsedCell } from "./read-cell.js";
import { createSlots } from "./slots.js";
import { EMPTY_SLOT, type VirtualProject } from "./virtual-project.js";

/** What the cells of a notebook have declared, and the slots their texts stand in. */
export interface Session {
  readonly names: ReadonlyMap<string, SessionName>;
  /** Puts a cell in a slot; its names count from {@link Session.commit} on. */
  place(key: string, cell: ParsedCell, slot?: number): PlacedCell;
  /** The cell's file with every name of the session in it: so that the compiler can tell which one was meant. */
  fileWithAllNames(placed: PlacedCell): CellFile;
  /** The slot of a value's scope. */
  scopeOf(name: string): number | undefined;
  commit(key: string, placed: PlacedCell, values: readonly string[], live: readonly string[]): void;
  discard(key: string): void;
  reset(): void;
}

export function createSession(project: VirtualProject, checker: Checker, language: LanguageOptions): Session {
  const names = new Map<string, SessionName>();
  /** How many cells stand behind one another in a slot's types. */
  const depths = new Map<number, number>();

  function* referred(): Generator<number> {
    for (const { value, type } of names.values()) {
      if (value) yield value.slot;
      if (value?.scope !== undefined) yield value.scope;
      if (type) yield type.slot;
    }
  }
  const slots = createSlots(referred);
  const ambient = createAmbientCells(checker);
  /** Cells that have not ended, by their keys. */
  const running = new Map<string, PlacedCell>();

  const place = (key: string, cell: ParsedCell, wanted?: number): PlacedCell => {
    const slot = slots.take(key, shapeOf(cell), wanted);
    const path = project.slot(slot, cell.tsx, () => checker.changed([project.config]));
    const { text, declarations } = cell;
    const also = cell.tsx ? jsxNames(language) : [];
    const file = buildCellFile({ slot, names, text, declarations, also });
    slots.setUses(slot, file.uses);
    const placed: PlacedCell = { cell, slot, path, file };
    running.set(key, placed);
    if (cell.isAmbient) ambient.supersede(key, placed);
    depths.set(slot, 1 + Math.max(0, ...[...file.uses].map((each) => depths.get(each) ?? 0)));
    return placed;
  };

  return {
    names,
    place,
    fileWithAllNames: ({ cell: { text, declarations }, slot }) =>
      buildCellFile({ slot, names, text, declarations, also: names.keys() }),
    scopeOf: (name) => names.get(name)?.value?.scope,
    commit(key, placed, values, live) {
      const { cell, slot, path, file } = placed;
      const isDeep = (depths.get(slot) ?? 0) >= PIN_DEPTH;
      for (const [name, declared] of cell.declarations) {
        const isLive = live.includes(name);
        // The cell failed before the value was there: the earlier one stays.
        if (declared.value && values.includes(name) && !isLive) continue;
        const old = names.get(name);
        const position = file.start + declared.start;
        const isVariable = declared.kind === "let" || declared.kind === "const";
        const pin =
          isDeep && isVariable
            ? pinType(checker.typeAt(path, position), (each) => names.has(each))
            : undefined;
        const meaning: Meaning = { ...declared, slot, file: path, position };
        const continues = continuedBy(old, declared) !== undefined;
        names.set(name, renew(old, meaning, { scope: isLive ? slot : undefined, pin, continues }));
      }
      if (cell.isAmbient) ambient.keep(key, placed);
      running.delete(key);
      slots.release(key, cell.isAmbient);
    },
    discard(key) {
      const placed = running.get(key);
      running.delete(key);
      // What reaches beyond its names would stay in force; of a cell that does not parse nobody knows whether it does.
      const isBlanked = placed !== undefined && (placed.cell.isAmbient || placed.cell.errors.length > 0);
      if (isBlanked) checker.write(placed.path, EMPTY_SLOT);
      ambient.restore(key);
      slots.release(key, false, isBlanked);
    },
    reset() {
      ambient.reset();
      names.clear();
      for (const slot of slots.reset()) {
        for (const tsx of [false, true]) {
          const path = project.slotFile(slot, tsx);
          if (project.files.has(path)) checker.write(path, EMPTY_SLOT);
        }
      }
    },
  };
}

/** What makes the compiler rebuild the project when it changes in a slot. */
function shapeOf({ imports, tsx, isAmbient, text }: ParsedCell): string {
  if (imports.length === 0 && !tsx && !isAmbient) return "";
  return JSON.stringify([tsx, isAmbient ? text : "", ...imports.toSorted()]);
}
