import { afterEach, expect, test, vi } from "vitest";
import { display } from "../../../kernel/display/display.js";
import { formatValue } from "../../../kernel/display/format.js";

afterEach(() => vi.restoreAllMocks());

test("in plain Node a display is printed, and so is its update", () => {
  const print = vi.spyOn(console, "log").mockImplementation(() => {});
  display({ a: 1 }).update("again");
  expect(print.mock.calls).toEqual([["{ a: 1 }"], ["'again'"]]);
});

test("a value without a way of its own is text", async () => {
  expect(await formatValue(new Set([1]))).toEqual({ "text/plain": "Set(1) { 1 }" });
});

test("a value that cannot even be inspected is shown as that", async () => {
  const value = {
    [Symbol.for("nodejs.util.inspect.custom")]() {
      throw new Error("never");
    },
  };
  expect(await formatValue(value)).toEqual({ "text/plain": expect.stringContaining("never") });
});
