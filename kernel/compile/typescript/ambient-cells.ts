import { type AmbientPart, readAmbient, withoutAmbient } from "./ambient.js";
import type { Checker } from "./checker.js";
import type { PlacedCell } from "./placed-cell.js";

/** Cells whose declarations reach beyond their names. */
export interface AmbientCells {
  /** A cell that declares again what an earlier one did, edited and run once more: the earlier one's is taken away. */
  supersede(key: string, placed: PlacedCell): void;
  /** The cell counts. */
  keep(key: string, placed: PlacedCell): void;
  /** The cell does not count: what it took away comes back. */
  restore(key: string): void;
  reset(): void;
}

interface AmbientCell {
  readonly path: string;
  readonly text: string;
  readonly start: number;
  readonly part: AmbientPart;
}

export function createAmbientCells(checker: Checker): AmbientCells {
  const kept = new Set<AmbientCell>();
  const taken = new Map<string, AmbientCell[]>();
  return {
    supersede(key, { cell, path }) {
      const part = readAmbient(cell);
      if (!part) return;
      for (const each of kept) {
        if (each.path === path || ![...part.keys].some((name) => each.part.keys.has(name))) continue;
        checker.write(each.path, withoutAmbient(each.text, each.start, each.part));
        kept.delete(each);
        taken.set(key, [...(taken.get(key) ?? []), each]);
      }
    },
    keep(key, { cell, path, file }) {
      taken.delete(key);
      const part = readAmbient(cell);
      if (part) kept.add({ path, text: file.text, start: file.start, part });
    },
    restore(key) {
      for (const each of taken.get(key) ?? []) {
        checker.write(each.path, each.text);
        kept.add(each);
      }
      taken.delete(key);
    },
    reset() {
      kept.clear();
      taken.clear();
    },
  };
}
