import type { CellRequire } from "../run/cell-require.js";
import type { MagicLine } from "./find-magic-lines.js";
import type { MagicSite } from "./magic.js";

/** What the TypeScript that stands for magics calls. */
export interface MagicCalls {
  /** The `require` of a script with magics: it can `magic(number)` too. */
  addTo(require: CellRequire): CellRequire;
  /** Whether one of them was `%reset`. */
  readonly hasReset: boolean;
}

export function createMagicCalls(lines: readonly MagicLine[], site: MagicSite): MagicCalls {
  let hasReset = false;
  const magic = async (number: number, run?: () => unknown): Promise<unknown> => {
    const { magic, args } = lines[number] as MagicLine;
    hasReset ||= magic.name === "reset";
    return magic.runLine?.({ ...site, args, run });
  };
  return {
    addTo(require) {
      if (lines.length === 0) return require;
      return Object.assign((specifier: string) => require(specifier), require, { magic });
    },
    get hasReset() {
      return hasReset;
    },
  };
}
