import { expect, test } from "vitest";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import type { ViewPart } from "../../../renderers/response/parts.js";

const counts = { open: 0, now: 0, done: 0, failed: 0, skipped: 0 };
const part = (items: unknown, counts: object, costUsd: number): ViewPart => ({
  id: "map",
  type: "view",
  state: "done",
  view: "map",
  data: { items, counts, costUsd },
});
const render = (items: unknown, of: Partial<typeof counts> = {}, costUsd = 0) =>
  renderParts([part(items, { ...counts, ...of }, costUsd)], { includeStyle: false, response: "r" });

test("a map shows a row for each item, how many are in which state, and the sum", () => {
  const items = [
    { item: "a.ts", state: "done", outcome: "A parser", costUsd: 0.25 },
    { item: "b.ts", state: "now", outcome: "", costUsd: 0 },
    { item: "<script>", state: "failed", outcome: "no <b>luck</b>", costUsd: 0.5 },
  ];
  const bundle = render(items, { done: 1, now: 1, failed: 1 }, 0.75);
  expect(bundle["text/plain"]).toMatch(/3 items · 1 done · 1 running · 1 failed · \$0\.7500/);
  expect(bundle["text/plain"]).toMatch(/✓ +a\.ts +A parser +0\.2500/);
  expect(bundle["text/html"]).toContain("&lt;script&gt;");
  expect(bundle["text/html"]).not.toContain("<b>luck");
});

test("data of another form is shown as text and throws nothing", () => {
  expect(() => render("nothing of the kind")).not.toThrow();
});

test("of very many items the summary counts all, and the last row those that are not shown", () => {
  const bundle = render([{ item: "a", state: "done", outcome: "A", costUsd: 0 }], {
    done: 4_000,
    open: 1_000,
  });
  expect(bundle["text/plain"]).toMatch(/5,?000 items · 4,?000 done/);
  expect(bundle["text/plain"]).toMatch(/… +4,?999 more items/);
});
