import { expect, test } from "vitest";
import type { Scope } from "../../../kernel/run/evaluate-script.js";
import { createSlotScopes, liveNames } from "../../../kernel/run/slot-scopes.js";

function notebook() {
  const view: Scope = Object.create(null) as Scope;
  const scopes = createSlotScopes(view);
  const run = (slot: number, values: Scope, replaces: { name: string; slot: number }[] = []) => {
    const scope = Object.assign(scopes.open(slot), values);
    scopes.close(slot, Object.keys(values), replaces);
    return scope;
  };
  return { view, scopes, run };
}

test("the notebook sees the present value of each variable, and can set it", () => {
  const { view, run } = notebook();
  const scope = run(0, { n: 1 });
  scope.n = 2;
  expect(view.n).toBe(2);
  view.n = 3;
  expect(scope.n).toBe(3);
});

test("a scope is dropped when all of its names have been declared again", () => {
  const { scopes, run } = notebook();
  run(0, { a: 1, b: 1 });
  run(1, { a: 2 });
  expect(scopes.get(0).b).toBe(1);
  run(2, { b: 2 });
  expect(() => scopes.get(0)).toThrow(/lost the variables/);
  expect(scopes.get(1).a).toBe(2);
});

test("a cell without names leaves no scope", () => {
  const { scopes, run } = notebook();
  run(0, {});
  expect(() => scopes.get(0)).toThrow(/slot 0/);
});

test("what takes the place of an earlier value is seen by code compiled for that", () => {
  const { run } = notebook();
  const before = run(0, { f: "old", other: "kept" });
  run(1, { f: "new" }, [{ name: "f", slot: 0 }]);
  expect([before.f, before.other]).toEqual(["new", "kept"]);
});

test("names that have no value yet do not count as live; those whose getter throws otherwise do", () => {
  const scope = Object.defineProperties(Object.create(null) as Scope, {
    there: { get: () => undefined },
    early: {
      get() {
        throw new ReferenceError("Cannot access 'early' before initialization");
      },
    },
    strange: {
      get() {
        throw new TypeError("no");
      },
    },
  });
  expect(liveNames(scope, ["there", "early", "strange"])).toEqual(["there", "strange"]);
});

test("a variable that is declared again and again is one step away for all code that was compiled for it", () => {
  const { view, run } = notebook();
  const first = run(0, { n: 0 });
  const middle = run(1, { n: 1 }, [{ name: "n", slot: 0 }]);
  let last = middle;
  // Longer than a stack of getters that call one another could be.
  for (let slot = 2; slot < 30_000; slot++) last = run(slot, { n: slot }, [{ name: "n", slot: slot - 1 }]);
  expect([first.n, middle.n, view.n]).toEqual([29_999, 29_999, 29_999]);
  first.n = -1;
  expect([middle.n, view.n, last.n]).toEqual([-1, -1, -1]);
});

test("a value of another type begins anew: code compiled for the earlier one keeps it, also when that is set", () => {
  const { view, run } = notebook();
  const first = run(0, { n: 1 });
  const second = run(1, { n: 2 }, [{ name: "n", slot: 0 }]);
  const other = run(2, { n: "text" });
  run(3, { n: "more" }, [{ name: "n", slot: 2 }]);
  expect([first.n, second.n, other.n, view.n]).toEqual([2, 2, "more", "more"]);
  first.n = 5;
  expect([second.n, view.n]).toEqual([5, "more"]);
});

test("a slot that is used again shows what its own cell declares, not what took the place of an earlier one", () => {
  const { view, run } = notebook();
  const first = run(0, { n: 1 });
  run(1, { n: 2 }, [{ name: "n", slot: 0 }]);
  const again = run(0, { n: 3 }, [{ name: "n", slot: 1 }]);
  expect([first.n, again.n, view.n]).toEqual([3, 3, 3]);
});
