import { expect, test } from "vitest";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture("read");

test("is folded and shows the file with its own line numbers, coloured by its name", () => {
  const { html, summary, isOpen } = draw(parts.part);
  expect(isOpen).toBe(false);
  expect(summary).toContain("lines 10–11 of 1,204");
  expect(html).toMatch(/<span class="cn-n">11 {2}<\/span><span class="k">export const<\/span>/);
});

test("reads the numbered lines that Claude saw when there is no structured result", () => {
  const { html, shown, summary } = draw(parts.plain);
  expect(html).toContain('<span class="k">import</span> os');
  expect(summary).toContain("2 lines");
  expect(shown).not.toContain("never show this");
});

test("a missing file is an open failure with the reason", () => {
  const { summary, isOpen, shown } = draw(parts.missing);
  expect(summary).toContain("✗ failed");
  expect(isOpen).toBe(true);
  expect(shown).toContain("File does not exist.");
  expect(shown).not.toContain("tool_use_error");
});

test("an image is shown", () => {
  expect(draw(parts.image).html).toContain('src="data:image/png;base64,iVBORw0KGgo="');
});
