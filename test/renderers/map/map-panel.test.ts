import { expect, test } from "vitest";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import type { ViewPart } from "../../../renderers/response/parts.js";

const part = (items: unknown): ViewPart => ({
  id: "map",
  type: "view",
  state: "done",
  view: "map",
  data: { items },
});
const render = (items: unknown) => renderParts([part(items)], { includeStyle: false, response: "r" });

test("a map shows a row for each item, how many are in which state, and the sum", () => {
  const bundle = render([
    { item: "a.ts", state: "done", outcome: "A parser", costUsd: 0.25 },
    { item: "b.ts", state: "now", outcome: "", costUsd: 0 },
    { item: "<script>", state: "failed", outcome: "no <b>luck</b>", costUsd: 0.5 },
  ]);
  expect(bundle["text/plain"]).toMatch(/3 items · 1 done · 1 running · 1 failed · \$0\.7500/);
  expect(bundle["text/plain"]).toMatch(/✓ +a\.ts +A parser +0\.2500/);
  expect(bundle["text/html"]).toContain("&lt;script&gt;");
  expect(bundle["text/html"]).not.toContain("<b>luck");
});

test("data of another form is shown as text and throws nothing", () => {
  expect(() => render("nothing of the kind")).not.toThrow();
});
