import { expect, test } from "vitest";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture("todo");

test("is a checklist with its progress", () => {
  const { summary, shown, text, isOpen } = draw(parts.mixed);
  expect(summary).toContain("Todo 1 of 3");
  expect(shown).toMatch(/✓ Read.*▸ Fix.*○ Chart/);
  expect(text).toContain("▸ Fix");
  expect(isOpen).toBe(true);
});

test("an input of another shape is shown as it is", () => {
  expect(draw(parts["wrong shape"])).toMatchObject({
    panel: "generic",
    shown: expect.stringContaining("later"),
  });
});
