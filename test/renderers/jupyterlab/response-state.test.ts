import { expect, test } from "vitest";
import { createResponseState } from "../../../renderers/jupyterlab/src/response-state.js";
import type { Change } from "../../../renderers/live/json-changes.js";
import type { Part } from "../../../renderers/response/parts.js";

const part = (text: string): Part => ({ id: "1", type: "text", state: "streaming", text });
const delta = (seq: number, changes: readonly Change[]) => ({ op: "delta", id: "r", seq, changes }) as const;
const first = delta(1, [["=", [0], part("one")]]);
const second = delta(2, [["~", [0, "text"], 3, " two"]]);

test("deltas in order make the parts", () => {
  const state = createResponseState([]);
  expect([state.take(first), state.take(second)]).toEqual(["draw", "draw"]);
  expect(state.parts).toEqual([part("one two")]);
});

test("what comes twice or late changes nothing", () => {
  const state = createResponseState([]);
  for (const message of [first, second]) state.take(message);
  expect([state.take(first), state.take(second)]).toEqual(["nothing", "nothing"]);
  expect(state.take({ op: "state", id: "r", seq: 1, parts: [part("one")], ended: false })).toBe("nothing");
  expect(state.parts).toEqual([part("one two")]);
});

test("a gap asks for the state, which brings everything up to date", () => {
  const state = createResponseState([]);
  state.take(first);
  expect(state.take(delta(3, [["~", [0, "text"], 7, "!"]]))).toBe("sync");
  expect(state.parts).toEqual([part("one")]);
  expect(state.take({ op: "state", id: "r", seq: 3, parts: [part("one two!")], ended: true })).toBe("draw");
  expect([state.parts, state.seq, state.ended]).toEqual([[part("one two!")], 3, true]);
});

test("a delta that does not fit asks for the state and leaves the parts as they are", () => {
  const state = createResponseState([]);
  state.take(first);
  expect(state.take(delta(2, [["~", [7, "text"], 3, "x"]]))).toBe("sync");
  expect(state.parts).toEqual([part("one")]);
  expect(state.seq).toBe(1);
});

test("what a notebook stored is not taken for the start of the deltas", () => {
  const state = createResponseState([part("stored")]);
  expect(state.seq).toBe(-1);
  expect(state.take(delta(5, [["~", [0, "text"], 6, "!"]]))).toBe("sync");
  state.take(first);
  expect(state.parts).toEqual([part("one")]);
});
