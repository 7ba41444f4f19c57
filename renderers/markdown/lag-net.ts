/** When an open region is large, how long its update may wait. */
export interface LagLimits {
  /** How much an update may have to draw again without waiting, in characters. */
  readonly from: number;
  /** A waiting update comes when the region grew by this share … */
  readonly growth: number;
  /** … or after this time, in milliseconds … */
  readonly afterMs: number;
  /** … but not before this many times as long has passed as the last one took, or updates would take all the time. */
  readonly rest: number;
  /**
   * Once {@link resentFrom} characters have come, updates that keep saying the same again wait until this many times as much is new: the
   * closing tags of sixty quotes, say, stand behind every word.
   */
  readonly resent: number;
  /** Texts up to this length are always up to date, in characters. */
  readonly resentFrom: number;
  /** The time in milliseconds. */
  readonly now: () => number;
}

/** What an update may always say again, in characters: a few closing tags are not worth a wait. */
const FREE_RESENT = 256;

/** As many updates in a row make a tail that stays. */
const STEADY_UPDATES = 8;

export const LAG_LIMITS: LagLimits = {
  from: 4_096,
  growth: 1 / 8,
  afterMs: 100,
  rest: 4,
  resent: 2,
  resentFrom: 512,
  now: () => performance.now(),
};

/**
 * Bounds the work for what no region can grow piece by piece: a huge quote, an item that holds a huge list, 10,000 brackets,
 * a definition that is looked up everywhere. Such an update comes when the text has grown enough or time has passed; until
 * then new text is shown as it is.
 */
export interface LagNet {
  /** Whether an update is due, now that `added` characters came and the region has `pending`. */
  isDue(pending: number, added: number): boolean;
  /** Runs an update; it returns how many characters it drew again elsewhere, for a definition that is being written. */
  measure(update: () => number): void;
  /** Tells how many characters of the update's patches had been said before. */
  said(again: number): void;
}

export function createLagNet({ from, growth, afterMs, rest, resent, resentFrom, now }: LagLimits): LagNet {
  let redrawn = 0;
  let waiting = 0;
  let nextAt = 0;
  let total = 0;
  /** What the last updates said again: one that draws a block anew is no reason to wait, a tail that stays is. */
  let said: readonly number[] = [];
  let again = 0;
  return {
    isDue(pending, added) {
      waiting += added;
      total += added;
      if (total > resentFrom && again > FREE_RESENT && waiting < again * resent) {
        return added === 0 && now() >= nextAt;
      }
      if (Math.max(pending, redrawn) <= from) return true;
      return waiting >= growth * Math.max(pending - waiting, redrawn) || now() >= nextAt;
    },
    measure(update) {
      const start = now();
      redrawn = update();
      waiting = 0;
      const end = now();
      nextAt = end + Math.max(afterMs, rest * (end - start));
    },
    said(characters) {
      said = [characters, ...said].slice(0, STEADY_UPDATES);
      again = said.length < STEADY_UPDATES ? 0 : Math.min(...said);
    },
  };
}
