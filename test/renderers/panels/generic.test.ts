import { expect, test } from "vitest";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture("generic");

test("an MCP tool shows server, tool, input and JSON result", () => {
  const { summary, html } = draw(parts.mcp);
  expect(summary).toContain("notebook · sample_table");
  expect(summary).toContain("0.1 s · ✓");
  expect(html).toContain('<span class="na">&quot;table&quot;</span>');
  expect(html).toContain('<span class="na">&quot;rows&quot;</span>');
});

test("tools without a panel of their own show what they work on, in the hue of their kind", () => {
  expect(draw(parts.grep)).toMatchObject({
    summary: expect.stringContaining("Grep joinReturns · 7 matches in 3 files"),
    html: expect.stringContaining("cn-panel cn-read"),
  });
  expect(draw(parts.web)).toMatchObject({
    summary: expect.stringContaining("https://example.org/a"),
    html: expect.stringContaining("cn-panel cn-web"),
  });
});

test("a failure of an unknown tool is open and says why", () => {
  expect(draw(parts.unknown)).toMatchObject({
    isOpen: true,
    shown: expect.stringContaining("no projector"),
  });
});

test.each(["string input", "null input", "array input"])("reads well with a %s", (name) => {
  const { shown, text } = draw(parts[name]);
  expect(shown).toContain("Odd");
  expect(text).not.toMatch(/failed:|\[object Object\]/);
});
