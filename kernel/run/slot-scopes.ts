import type { Scope } from "./evaluate-script.js";

/** The scopes of cells that run in slots, and the view of all variables that the notebook has. */
export interface SlotScopes {
  /** A scope for a cell that is about to run, in place of one that had this slot before. */
  open(slot: number): Scope;
  /** @throws when no cell has run in that slot. */
  get(slot: number): Scope;
  /** The cell has run: the notebook has these of its names. Scopes that nothing refers to any more are dropped. */
  close(slot: number, live: readonly string[], replaces: readonly Replaced[]): void;
}

interface Replaced {
  readonly name: string;
  readonly slot: number;
}

/** @param view gets an accessor for each variable of the notebook. */
export function createSlotScopes(view: Scope): SlotScopes {
  const scopes = new Map<number, Scope>();
  const owners = new Map<string, Scope>();

  const isOwner = (scope: Scope): boolean => {
    for (const [name, owner] of owners) {
      if (owner === scope && name in view) return true;
    }
    return false;
  };

  return {
    open(slot) {
      const scope: Scope = Object.create(null) as Scope;
      scopes.set(slot, scope);
      return scope;
    },
    get(slot) {
      const scope = scopes.get(slot);
      if (!scope) throw new Error(`The kernel has lost the variables of an earlier cell (slot ${slot}).`);
      return scope;
    },
    close(slot, live, replaces) {
      const scope = scopes.get(slot);
      if (!scope) return;
      const left = new Set<Scope>();
      for (const name of live) {
        const old = owners.get(name);
        if (old && old !== scope) left.add(old);
        const replaced = replaces.find((each) => each.name === name);
        const target = replaced && scopes.get(replaced.slot);
        // Code that was compiled for the earlier value now sees this one.
        if (target && target !== scope && name in target) pointAt(target, name, scope);
        owners.set(name, scope);
        pointAt(view, name, scope);
      }
      if (live.length === 0) left.add(scope);
      for (const [number, each] of scopes) {
        if (left.has(each) && !isOwner(each)) scopes.delete(number);
      }
    },
  };
}

/** Those of the names that have a value: a cell that failed may not have come to all of its declarations. */
export function liveNames(scope: Scope, names: readonly string[]): string[] {
  return names.filter((name) => {
    try {
      void scope[name];
      return true;
    } catch (error) {
      return !(error instanceof ReferenceError);
    }
  });
}

function pointAt(object: Scope, name: string, target: Scope): void {
  Object.defineProperty(object, name, {
    configurable: true,
    enumerable: true,
    get: () => target[name],
    set: (value: unknown) => {
      target[name] = value;
    },
  });
}
