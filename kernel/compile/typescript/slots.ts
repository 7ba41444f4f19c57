/** The slots of a session: which cell's text stands in which, and which may be used again. */
export interface Slots {
  /**
   * A slot for a cell: one that nothing refers to any more, else a new one.
   * @param wanted the one it had, when a cell is placed once more.
   * @param shape what the compiler would have to rebuild the project for: a slot goes from cell to cell of one shape.
   */
  take(key: string, shape: string, wanted?: number): number;
  /** The cell in a slot refers to these slots. */
  setUses(slot: number, uses: ReadonlySet<number>): void;
  /**
   * The cell has ended: its slot is kept as long as something refers to it, or for good.
   * @param isBlanked its text has been taken out of it. @defaultValue false
   */
  release(key: string, keepForGood: boolean, isBlanked?: boolean): void;
  /** Forgets all cells but those that are running. @returns slots that were kept for good. */
  reset(): number[];
  /** How many slots were ever taken. */
  readonly count: number;
}

interface SlotState {
  readonly number: number;
  shape: string;
  uses: ReadonlySet<number>;
  isKept: boolean;
}

/** @param referred slots that the names of the session refer to. */
export function createSlots(referred: () => Iterable<number>): Slots {
  const states: SlotState[] = [];
  /** Slots of cells that have not ended, by the cells' keys. */
  const running = new Map<string, number>();

  /** Slots that are in use: directly, or by the text of one that is. */
  const reachable = (): Set<number> => {
    const found = new Set<number>();
    const queue = [...referred(), ...running.values()];
    for (const each of states) if (each.isKept) queue.push(each.number);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      queue.push(...(states[next]?.uses ?? []));
    }
    return found;
  };

  const add = (): SlotState => {
    const state = { number: states.length, shape: "", uses: new Set<number>(), isKept: false };
    states.push(state);
    return state;
  };

  return {
    take(key, shape, wanted) {
      const own = running.get(key);
      if (own !== undefined) return own;
      const used = reachable();
      while (wanted !== undefined && states.length <= wanted) add();
      const free = (each: SlotState): boolean => each.shape === shape && !used.has(each.number);
      const state = (wanted === undefined ? states.find(free) : states[wanted]) ?? add();
      state.shape = shape;
      state.uses = new Set();
      running.set(key, state.number);
      return state.number;
    },
    setUses(slot, uses) {
      const state = states[slot];
      if (state) state.uses = uses;
    },
    release(key, keepForGood, isBlanked = false) {
      const state = states[running.get(key) ?? -1];
      if (state && isBlanked) state.shape = "";
      if (state) state.isKept ||= keepForGood;
      running.delete(key);
    },
    reset() {
      const kept = states.filter((each) => each.isKept);
      for (const each of kept) each.isKept = false;
      return kept.map((each) => each.number);
    },
    get count() {
      return states.length;
    },
  };
}
