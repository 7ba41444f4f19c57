import { expect, test } from "vitest";
import type { ThinkingPart } from "../../../renderers/response/parts.js";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture<ThinkingPart>("thinking");

test("is folded, with its first line and its time in the summary", () => {
  const { summary, isOpen, shown } = draw(parts.done);
  expect(summary).toContain("Thinking First line. · 4.2 s");
  expect(isOpen).toBe(false);
  expect(shown).toContain("Second <line>.");
});

test("reasoning that the API hides is named", () => {
  expect(draw(parts.redacted).summary).toContain("not shown by the API");
});
