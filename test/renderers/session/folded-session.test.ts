import { expect, test } from "vitest";
import type { Part } from "../../../renderers/response/parts.js";
import { renderTurnsPage } from "../../../renderers/session/render-session-page.js";
import { parseHtml } from "../../support/html-page.js";

const tool = (id: string, name: string, state: Part["state"] = "done"): Part =>
  ({
    id,
    type: "tool",
    state,
    name,
    input: {},
    children: [],
    result: { content: `did ${id}`, isError: state === "failed" },
  }) as Part;
const text = (id: string, words: string): Part => ({ id, type: "text", state: "done", text: words });

const turns = [
  { prompt: "Fix it", parts: [text("part-1", "I look."), tool("part-2", "Read"), tool("part-3", "Read"), tool("part-4", "Bash"), text("part-5", "Fixed.")] },
  { prompt: "Again", parts: [tool("part-6", "Bash", "failed"), text("part-7", "No luck.")] },
]; // biome-ignore format: a turn a line

test("folds what Claude did between its words and counts it; what it said stays in sight", () => {
  const html = renderTurnsPage(turns, { fold: true });
  expect(html).toContain('<details class="fold"><summary>3 steps: Read 2, Bash</summary>');
  const outside = html.replace(
    /<details class="fold"[\s\S]*?<\/details>\s*(?=<div class="cn-text|<\/div><\/section>)/g,
    "",
  );
  expect(parseHtml(outside).text).toMatch(/Fix it[\s\S]*I look\.[\s\S]*Fixed\.[\s\S]*No luck\./);
});

test("a fold with a step that failed is open", () => {
  expect(renderTurnsPage(turns, { fold: true })).toContain(
    '<details class="fold" open><summary>1 step: Bash</summary>',
  );
});

test("folded or not, the same words are in the page", () => {
  const words = (html: string) => parseHtml(html).text.split(/\s+/);
  expect(words(renderTurnsPage(turns, { fold: true }))).toEqual(
    expect.arrayContaining(words(renderTurnsPage(turns))),
  );
});

test("each turn and each panel has a link of its own, the same ones in each export", () => {
  const html = renderTurnsPage(turns);
  const ids = parseHtml(html)
    .attributes.filter(({ name }) => name === "id")
    .map(({ value }) => value);
  expect(ids).toEqual(expect.arrayContaining(["turn-1", "turn-2", "panel-2", "panel-6"]));
  expect(new Set(ids).size).toBe(ids.length);
  expect(renderTurnsPage(turns.slice(0, 1))).toContain('id="panel-2"');
});
