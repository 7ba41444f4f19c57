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
   * An update waits while it, and the end of the text after it, might bring what was sent to more than this many times the
   * document: the end never waits, and may send all that is open once more.
   */
  readonly sent: number;
  /**
   * How much may be sent in all whatever the document is, in characters: short texts are always up to date, also those that hold
   * little but an address, each character of which sends the link again with the address in it twice.
   */
  readonly freeSent: number;
  /** The time in milliseconds. */
  readonly now: () => number;
}

export const LAG_LIMITS: LagLimits = {
  from: 4_096,
  growth: 1 / 8,
  afterMs: 100,
  rest: 4,
  sent: 4,
  freeSent: 32_768,
  now: () => performance.now(),
};

/** How much was sent of a document, in characters of HTML. */
export interface Sent {
  /** In all patches so far. */
  readonly total: number;
  /** What the document has now. */
  readonly shown: number;
  /** What an update may send at most: all that is still open. */
  readonly atRisk: number;
}

/**
 * Bounds the work for what no region can grow piece by piece (a huge quote, an item that holds a huge list, 10,000 brackets,
 * a definition that is looked up everywhere), and what is sent for texts whose open end turns out differently again and again
 * (runs of backticks) or stays behind every word (the closing tags of sixty quotes). Such an update comes when the text has
 * grown enough or time has passed; until then new text is shown as it is.
 */
export interface LagNet {
  /** Whether an update is due, now that `added` characters came and the region has `pending`. */
  isDue(pending: number, added: number, sent: Sent): boolean;
  /** Runs an update; it returns how many characters it drew again elsewhere, for a definition that is being written. */
  measure(update: () => number): void;
}

export function createLagNet({ from, growth, afterMs, rest, sent, freeSent, now }: LagLimits): LagNet {
  let redrawn = 0;
  let waiting = 0;
  let nextAt = 0;
  return {
    isDue(pending, added, { total, shown, atRisk }) {
      waiting += added;
      const isPause = added === 0 && now() >= nextAt;
      // What is new is likely to become as much larger than its source as what is open.
      const next = (atRisk * pending) / Math.max(pending - waiting, 1);
      if (total + 2 * next + redrawn > Math.max(sent * shown, freeSent)) return isPause;
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
  };
}
