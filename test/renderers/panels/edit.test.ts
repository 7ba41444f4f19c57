import { expect, test } from "vitest";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture("edit");

test("shows true line numbers, both signs, word marks and syntax colours", () => {
  const { html, summary, shown, isOpen } = draw(parts.done);
  expect(summary).toContain("src/join.ts · +2 · −1 · ✓");
  expect(isOpen).toBe(true);
  expect(shown).toContain("15    − ");
  expect(shown).toContain("   15 + ");
  expect(html).toMatch(/<b class="cn-mark">.*filter.*<\/b>/);
  expect(html).toContain('<span class="k">return</span>');
});

test("the twins are diffs that read without colour", () => {
  const { text, markdown } = draw(parts.done);
  expect(text).toContain("15    -   return orders.filter");
  expect(markdown).toContain("```diff\n export function");
  expect(markdown).toContain("\n+  // more\n```");
});

test("while it streams, nothing is compared, so nothing jumps", () => {
  const { shown } = draw(parts.streaming);
  expect(shown).toContain("− const a = 1;");
  expect(shown).toContain("+ const a");
});

test("without the tool's patch the strings are compared, and no number is made up", () => {
  const { summary, shown } = draw(parts["without patch"]);
  expect(summary).toContain("all occurrences · +1 · −1");
  expect(shown).toContain("− two");
  expect(shown).not.toMatch(/\d +\d/);
});

test("MultiEdit shows each edit", () => {
  expect(draw(parts.multi)).toMatchObject({
    panel: "edit",
    summary: expect.stringContaining("2 edits · +2 · −2"),
  });
});

test("a failed edit says why", () => {
  expect(draw(parts.failed).shown).toContain("String to replace not found in file.");
});
