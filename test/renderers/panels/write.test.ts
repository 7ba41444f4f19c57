import { expect, test } from "vitest";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture("write");

test("a new file is shown with line numbers and colours", () => {
  const { html, summary } = draw(parts.new);
  expect(summary).toContain("a/b.py · 3 lines · ✓");
  expect(html).toContain('<span class="cn-n">1  </span><span class="k">import</span> os');
});

test("a file that was there is shown as the difference", () => {
  expect(draw(parts.changed).shown).toContain("− old");
});

test("while it is written the newest lines are in view", () => {
  const { html } = draw(parts.streaming);
  const visible = html.slice(html.lastIndexOf("</details><pre>"));
  expect(visible).toContain("line_60");
  expect(html).toMatch(/\d+ earlier lines/);
});
