import { expect, test } from "vitest";
import { createVariableChanges } from "../../../kernel/turn-changes/create-variable-changes.js";
import { fakeNotebook } from "../claude/tools/fake-notebook.js";

const set = (variables: Record<string, unknown>, values: Record<string, unknown>) => async () => {
  Object.assign(variables, values);
};

test("what several pieces of code set goes back to what it was before the first", async () => {
  const variables: Record<string, unknown> = { a: 1, b: Number.NaN, kept: {} };
  const changes = createVariableChanges(fakeNotebook(variables).notebook);
  await changes.during("a = 2", set(variables, { a: 2 }));
  await changes.during("a = 3", set(variables, { a: 3, b: Number.NaN }));
  expect([changes.names, changes.changedSince()]).toEqual([["a"], []]);
  expect(await changes.restore()).toEqual(["a"]);
  expect(variables.a).toBe(1);
});

test("code that fails counts up to where it failed", async () => {
  const variables: Record<string, unknown> = { a: 1 };
  const changes = createVariableChanges(fakeNotebook(variables).notebook);
  const failing = changes.during("a = 2; throw …", async () => {
    variables.a = 2;
    throw new Error("on purpose");
  });
  await expect(failing).rejects.toThrow("on purpose");
  expect(changes.names).toEqual(["a"]);
});

test("what was set after the turn is told", async () => {
  const variables: Record<string, unknown> = { a: 1 };
  const changes = createVariableChanges(fakeNotebook(variables).notebook);
  await changes.during("a = 2", set(variables, { a: 2 }));
  variables.a = 9;
  expect(changes.changedSince()).toEqual(["a"]);
});

test("a variable that is new has no earlier value, so it stays", async () => {
  const variables: Record<string, unknown> = {};
  const changes = createVariableChanges(fakeNotebook(variables).notebook);
  await changes.during("const a = 1", set(variables, { a: 1 }));
  expect(changes.names).toEqual([]);
});
