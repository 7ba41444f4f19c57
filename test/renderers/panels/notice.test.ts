import { expect, test } from "vitest";
import type { NoticePart } from "../../../renderers/response/parts.js";
import { draw, partFixture } from "./part-fixture.js";

const parts = partFixture<NoticePart>("notice");

test("an error shows what failed and what to do, with commands as code", () => {
  const { html, shown, text } = draw(parts.error);
  expect(shown).toContain("✗ CLINotFoundError");
  expect(html).toContain("<li>Install it: <code>npm i -g @anthropic-ai/claude-code</code></li>");
  expect(text).toContain("- Install it:");
});

test("a notice without text is one line", () => {
  expect(draw(parts.warning).text).toBe("Interrupted");
});
