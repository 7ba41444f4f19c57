import { expect, test } from "vitest";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture("bash");

test("shows command, output in colour, errors apart, and the time it took", () => {
  const { html, shown, summary, text } = draw(parts.done);
  expect(summary).toMatch(/Bash npm test -- join · 1\.8 s · ✓/);
  expect(html).toMatch(/<span class="ansi-green-fg"[^>]*>✓<\/span> 12 passed/);
  expect(shown).toContain("stderra warning");
  expect(text).toContain("✓ 12 passed");
});

test("a failure is open and names its exit code, not only by colour", () => {
  const { summary, isOpen, shown } = draw(parts.failed);
  expect(summary).toContain("✗ exit 1");
  expect(isOpen).toBe(true);
  expect(shown).toContain("expected 41 rows, got 38");
  expect(shown.match(/Exit code/g)).toBeNull();
});

test("running, interrupted and streaming say so in words", () => {
  expect(draw(parts.running).summary).toContain("running");
  expect(draw(parts.interrupted).summary).toContain("interrupted");
  expect(draw(parts.streaming)).toMatchObject({
    isOpen: true,
    summary: expect.stringContaining("npm te"),
  });
});

test("long output shows its beginning and folds the rest without losing it", () => {
  const { html, shown, text } = draw(parts.long);
  expect(html).toMatch(/<details class="cn-more"><summary>\d+ more lines<\/summary>/);
  expect(shown).toContain("100");
  expect(text).toMatch(/… \d+ more lines/);
});

test("a printed image is shown", () => {
  expect(draw(parts.image).html).toContain('<img class="cn-image" src="data:image/png;base64,iVBORw0KGgo="');
});
