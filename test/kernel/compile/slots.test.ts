import { expect, test } from "vitest";
import { createSlots } from "../../../kernel/compile/typescript/slots.js";

function session() {
  const referred = new Set<number>();
  return { referred, slots: createSlots(() => referred) };
}

test("a slot that nothing refers to takes the next cell", () => {
  const { slots } = session();
  for (let i = 0; i < 1000; i++) {
    const slot = slots.take(`cell-${i}`, "");
    slots.release(`cell-${i}`, false);
    expect(slot).toBe(0);
  }
  expect(slots.count).toBe(1);
});

test("a slot stays while a name refers to it, or the text of a slot that is referred to", () => {
  const { slots, referred } = session();
  const first = slots.take("a", "");
  slots.release("a", false);
  referred.add(first);
  const second = slots.take("b", "");
  slots.setUses(second, new Set([first]));
  slots.release("b", false);
  referred.clear();
  referred.add(second);
  expect(slots.take("c", "")).toBe(2);
  slots.release("c", false);
  referred.clear();
  expect(slots.take("d", "")).toBe(first);
});

test("the slot of a cell that runs is not given to another, and the cell keeps it when it is compiled again", () => {
  const { slots } = session();
  const running = slots.take("outer", "");
  expect(slots.take("inner", "")).not.toBe(running);
  expect(slots.take("outer", "")).toBe(running);
});

test("a slot goes from cell to cell of one shape only", () => {
  const { slots } = session();
  const importing = slots.take("a", '["zod"]');
  slots.release("a", false);
  expect(slots.take("b", "")).not.toBe(importing);
  slots.release("b", false);
  expect(slots.take("c", '["zod"]')).toBe(importing);
});

test("a cell that is placed once more gets the slot it had, whatever is free", () => {
  const { slots } = session();
  expect(slots.take("again", "", 5)).toBe(5);
});

test("what is kept for good is kept until the session is reset", () => {
  const { slots } = session();
  const ambient = slots.take("a", "ambient");
  slots.release("a", true);
  expect(slots.take("b", "ambient")).not.toBe(ambient);
  expect(slots.reset()).toEqual([ambient]);
  expect(slots.take("c", "ambient")).toBe(ambient);
});
