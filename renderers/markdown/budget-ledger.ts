import type { BudgetEnv } from "./left-budget.js";
import type { Block } from "./open-region.js";

/** What one piece found taken of the budget of its text, and what it left taken. */
interface Entry {
  readonly block: Block;
  readonly order: number;
  readonly redraw: () => void;
  before: number;
  after: number;
}

/**
 * Keeps, for a text that is drawn in pieces, how much of the budget (see `left-budget.ts`) the pieces to the left of each have
 * taken. Only pieces that ask for some have an entry; most texts have none.
 */
export interface BudgetLedger {
  /** Draws something at the end of all pieces and of what was drawn so since {@link settle}. */
  drawOpen(draw: () => string): string;
  /** What is drawn open next stands where this block begins. */
  toStartOf(block: Block): void;
  /** Draws a piece at its place; a new one's place is behind all others. */
  drawPiece(place: Place, draw: () => string): string;
  /** Draws again the pieces for which those to the left leave more or less than before; open drawing begins behind the last. */
  settle(): void;
  /** Forgets pieces whose text was given back to be drawn otherwise: those of blocks that are not `kept`. */
  keepOnly(kept: { has(block: Block): boolean }): void;
}

export type Place = Pick<Entry, "block" | "order" | "redraw">;

/** @param added how much there is, see `SizeLimits`. */
export function createBudgetLedger(env: BudgetEnv, added: number): BudgetLedger {
  let entries: Entry[] = [];
  let open = 0;
  /** Whether a piece takes more or less than it did, so that those behind it find another budget. */
  let isMoved = false;

  const end = (): number => entries.at(-1)?.after ?? 0;
  const countBefore = (order: number): number => {
    let count = entries.length;
    while (count > 0 && entries[count - 1]!.order >= order) count--;
    return count;
  };
  const drawAt = (spent: number, draw: () => string): string => {
    env.spent = spent;
    env.hasAsked = false;
    return draw();
  };
  return {
    toStartOf(block) {
      const first = entries.find((entry) => entry.block === block);
      open = first ? first.before : end();
    },
    drawOpen(draw) {
      const html = drawAt(open, draw);
      open = env.spent ?? open;
      return html;
    },
    drawPiece(place, draw) {
      const index = countBefore(place.order);
      const before = entries[index - 1]?.after ?? 0;
      const html = drawAt(before, draw);
      const isKnown = entries[index]?.order === place.order;
      const after = env.spent ?? before;
      if (index < entries.length - (isKnown ? 1 : 0))
        isMoved ||= after !== (isKnown ? entries[index]!.after : before);
      if (env.hasAsked) entries.splice(index, isKnown ? 1 : 0, { ...place, before, after });
      else if (isKnown) entries.splice(index, 1);
      open = end();
      return html;
    },
    settle() {
      open = end();
      if (!isMoved) return;
      isMoved = false;
      let spent = 0;
      for (const entry of [...entries]) {
        const isUnmoved = entry.before === spent;
        const isFree = Math.max(entry.after, entry.after - entry.before + spent) <= added;
        const isRefused = Math.min(entry.before, spent) > added;
        if (!isUnmoved && !isFree && !isRefused) {
          entry.redraw();
          spent = entries[countBefore(entry.order + 1) - 1]?.after ?? 0;
          continue;
        }
        const after = isRefused ? spent : entry.after - entry.before + spent;
        entry.before = spent;
        entry.after = after;
        spent = after;
      }
      isMoved = false;
      open = end();
    },
    keepOnly(kept) {
      if (entries.length > 0) entries = entries.filter(({ block }) => kept.has(block));
      open = end();
    },
  };
}
