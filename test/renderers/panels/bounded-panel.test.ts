import { expect, test } from "vitest";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import type { Part, ToolPart } from "../../../renderers/response/parts.js";

/** Largest HTML of a part, in characters: 100,000 of text with the tags of its lines; pictures may take 8 MB. */
const MAX_HTML = 2_000_000;
const MAX_TEXT = 300_000;

const MEGABYTE = "x".repeat(1_000_000);
const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

const tool = (name: string, input: unknown, content: unknown, structured?: unknown): ToolPart => ({
  id: "p",
  type: "tool",
  state: "done",
  name,
  input,
  result: { content, structured, isError: false },
  children: [],
});

const grep = { pattern: "x", output_mode: "content" };
const patch = [{ oldStart: 1, newStart: 1, lines: many(100_000, (i) => `+line ${i}`) }];
const ask = many(50, (i) => ({
  question: `q${i}`,
  header: MEGABYTE,
  options: many(1_000, () => ({ label: "a" })),
}));
const links = many(50_000, (i) => ({ title: `title ${i}`, url: `https://example.org/${i}` }));

const HUGE: readonly [what: string, part: Part, note: RegExp][] = [
  ["matches in one file", tool("Grep", grep, many(250_000, (i) => `a.ts:${i}:x`).join("\n")), /more lines are not shown/],
  ["matches in many files", tool("Grep", grep, many(50_000, (i) => `${i}.ts:1:x`).join("\n")), /more lines are not shown/],
  ["lines of an edit", tool("Edit", { file_path: "a.ts" }, "ok", { structuredPatch: patch }), /98,000 more lines are not shown/],
  ["edits", tool("MultiEdit", { edits: many(500, (i) => ({ old_string: `a${i}\n`.repeat(99), new_string: `b${i}\n`.repeat(99) })) }, "ok"), /more lines are not shown/],
  ["names", tool("Glob", {}, "", { filenames: many(200_000, (i) => `src/${i}.ts`) }), /199,000 more lines are not shown/],
  ["links", tool("WebSearch", { query: "q" }, "", { results: [{ content: links }] }), /more links are not shown/],
  ["todos", tool("TodoWrite", { todos: many(50_000, (i) => ({ content: `do ${i}`, status: "pending" })) }, "ok"), /49,000 more items are not shown/],
  ["blocks of text", tool("mcp__a__b", {}, many(5_000, () => ({ type: "text", text: "word ".repeat(1_000) }))), /more pieces of this result are not shown/],
  ["questions", tool("AskUserQuestion", { questions: ask }, ""), /more pieces|more items/],
  ["fields of one object", tool("X", { a: many(1_000, () => MEGABYTE.slice(0, 50_000)) }, "ok"), /more/],
  ["rows of a table", tool("X", {}, JSON.stringify(many(900, () => Object.fromEntries(many(10, (i) => [`c${i}`, "x".repeat(80)]))))), /more rows are not shown/],
  ["name", tool(MEGABYTE, {}, "ok"), /more characters/],
  ["file path", tool("Read", { file_path: MEGABYTE }, "1\tx"), /more characters/],
  ["title of a notice", { id: "n", type: "notice", state: "done", level: "info", title: MEGABYTE, text: MEGABYTE }, /more characters/],
  ["plan", tool("ExitPlanMode", { plan: "word ".repeat(400_000) }, "ok"), /more characters are not shown/],
]; // biome-ignore format: a table

test.each(HUGE)(
  "a part of which the %s is huge is drawn in a bounded size, and says so",
  { timeout: 60_000 },
  (_what, part, note) => {
    const bundle = renderParts([part], { includeStyle: false, response: "r" });
    const html = String(bundle["text/html"]);
    expect(html.length).toBeLessThan(MAX_HTML);
    expect(html.replace(/<[^>]*>/g, "")).toMatch(note);
    expect(String(bundle["text/plain"]).length).toBeLessThan(MAX_TEXT);
    expect(String(bundle["text/markdown"]).length).toBeLessThan(MAX_TEXT);
  },
);

test("pictures of a part share what one may take; those that find no room are counted", () => {
  const image = { type: "image", data: "A".repeat(4_000_000), mimeType: "image/png" };
  const bundle = renderParts(
    [
      tool(
        "mcp__a__b",
        {},
        many(20, () => image),
      ),
    ],
    { includeStyle: false, response: "r" },
  );
  expect(String(bundle["text/html"]).length).toBeLessThan(8_100_000);
  expect(bundle["text/html"]).toContain("18 more pieces of this result are not shown");
});

test("what Claude says is never cut", () => {
  const text = "word ".repeat(100_000);
  const bundle = renderParts([{ id: "t", type: "text", state: "done", text }], {
    includeStyle: false,
    response: "r",
  });
  expect(String(bundle["text/html"]).length).toBeGreaterThan(text.length);
});
