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

/** Where the value of a variable is now; scopes that had it before share this. */
interface Place {
  scope: Scope;
}

/** @param view gets an accessor for each variable of the notebook. */
export function createSlotScopes(view: Scope): SlotScopes {
  const scopes = new Map<number, Scope>();
  const owners = new Map<string, Scope>();

  /** For a variable that took the place of earlier ones, what their scopes look at: however many they are, one step away. */
  const places = new WeakMap<Scope, Map<string, Place>>();

  /** Code that was compiled for the earlier value now sees the one in this scope. */
  const takeOver = (earlier: Scope, name: string, scope: Scope): void => {
    const place: Place = places.get(earlier)?.get(name) ?? { scope };
    place.scope = scope;
    places.get(earlier)?.delete(name);
    const own = places.get(scope) ?? new Map<string, Place>();
    places.set(scope, own.set(name, place));
    pointAt(earlier, name, place);
  };

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
        if (target && target !== scope && name in target) takeOver(target, name, scope);
        owners.set(name, scope);
        pointAt(view, name, { scope });
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

function pointAt(object: Scope, name: string, place: Place): void {
  Object.defineProperty(object, name, {
    configurable: true,
    enumerable: true,
    get: () => place.scope[name],
    set: (value: unknown) => {
      place.scope[name] = value;
    },
  });
}
