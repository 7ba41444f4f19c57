import { expect, test } from "vitest";
import { z } from "zod";
import { parseResponseBundle } from "../../../renderers/bundle/parse-response-bundle.js";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import { chainParts } from "../../../renderers/chains/chain-parts.js";
import { partsText } from "../../../renderers/panels/part-text.js";
import { RESPONSE_MIME, type ViewPart } from "../../../renderers/response/parts.js";
import { createChain } from "../../../src/chains/chain-builder.js";
import { parseHtml } from "../../support/html-page.js";

const chain = createChain({ name: "demo", inputs: { topic: z.string() }, now: () => 0 })
  .run("read", () => "<b>read</b> & more", { title: "Read <it>" })
  .parallel("both", (both) => both.run("left", () => ({ a: 1 })).run("right", boom))
  .branch("way", () => "up", { up: (way) => way.run("u", () => 1), down: (way) => way.run("d", () => 2) })
  .loop("again", (body) => body.run("try", () => 1), { until: () => true, maxRounds: 3, title: "Try again" })
  .build();

function boom(): never {
  throw new Error("right broke");
}

const text = (value: { readonly snapshot: typeof chain.snapshot }): string => partsText(chainParts(value));

test("a chain that has not begun reads as its steps, with what is inside them and the bounds of loops", () => {
  expect(text(chain)).toBe(`Chain demo (6 steps)
  ○ Read <it>
  ○ ═ both
    ║ ○ left
    ║ ○ right
  ○ ◇ way
    up:
      ○ u
    down:
      ○ d
  ○ ↻ Try again (at most 3 rounds)
    ○ try`);
});

test("a run that failed says which step did and why, and what was not done because of it", async () => {
  const run = chain.execute({ contextOverrides: { topic: "x" } });
  await Promise.resolve(run).catch(() => {});
  expect(text(run)).toMatch(
    /^Chain demo \(2 of 6 steps · ✗ failed\)\n {2}✓ Read <it>\n {2}✗ ═ both \(failed\)\n {4}║ ✓ left\n {4}║ ✗ right \(failed\)\n {4}║ {3}right broke\n {2}⊘ ◇ way \(blocked\)/,
  );
});

test("the way that was taken is marked, the other one is skipped, and the round is told", async () => {
  const result = await createChain({ name: "c", now: () => 0 })
    .branch("way", () => "up", { up: (way) => way.run("u", () => 1), down: (way) => way.run("d", () => 2) })
    .loop("again", (body) => body.run("try", () => 1), {
      until: (_context, round) => round === 2,
      maxRounds: 3,
    })
    .build()
    .execute();
  expect(text(result)).toContain("    up ✓:\n      ✓ u\n    down:\n      – d (skipped)");
  expect(text(result)).toContain("✓ ↻ again (round 2 of at most 3)");
});

test("as HTML every word of user and model is escaped, and what is stored draws the same again", async () => {
  const run = chain.execute({ contextOverrides: { topic: "x" } });
  await Promise.resolve(run).catch(() => {});
  const bundle = renderParts(chainParts(run), { includeStyle: false, response: "chain" });
  const html = String(bundle["text/html"]);
  expect(html).not.toContain("<b>read</b>");
  expect(parseHtml(html).text).toContain("<b>read</b> & more");
  expect(parseHtml(html).text).toContain("Read <it>");
  const stored = parseResponseBundle(JSON.parse(JSON.stringify(bundle[RESPONSE_MIME])));
  expect(renderParts(stored!.parts, { includeStyle: false, response: "chain" })["text/html"]).toBe(html);
});

test("a view of a wrong shape, or of a newer version, gives way to text", () => {
  const part: ViewPart = { id: "v", type: "view", state: "done", view: "chain", data: { chain: 1 } };
  expect(String(renderParts([part], { includeStyle: false, response: "x" })["text/html"])).toContain(
    "panel &quot;chain&quot; failed",
  );
  const newer = { ...part, view: "timeline", data: { a: "<b>" } };
  expect(
    parseHtml(String(renderParts([newer], { includeStyle: false, response: "x" })["text/html"])).text,
  ).toContain("<b>");
});
