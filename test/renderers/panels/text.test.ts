import { expect, test } from "vitest";
import type { TextPart } from "../../../renderers/response/parts.js";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture<TextPart>("text");

test("is markdown without a box, and its markdown twin is the source", () => {
  const { html, markdown } = draw(parts.done);
  expect(html).toContain("<p>I <strong>will</strong> look.</p>");
  expect(html).not.toContain("<details");
  expect(markdown).toBe(parts.done!.text);
});

test("shows a caret while it streams", () => {
  expect(draw(parts.streaming).html).toContain('class="cn-text cn-growing"');
  expect(draw(parts.done).html).not.toContain("cn-growing");
});
