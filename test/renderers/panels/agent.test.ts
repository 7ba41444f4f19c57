import { expect, test } from "vitest";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture("agent");

test("shows what happens below it, nested, and counts its tools", () => {
  const { html, summary, shown, text } = draw(parts.running);
  expect(summary).toContain("Agent Check the joins · running · 1 tool");
  expect(html).toMatch(/<div class="cn-nested"[^>]*><details class="cn-panel cn-read"/);
  expect(shown).toContain("Found two");
  expect(text).toContain("Grep join");
});

test("the answer is shown once, though it is also the last thing said below", () => {
  expect(draw(parts.done).shown.match(/All fine\./g)).toHaveLength(1);
});
