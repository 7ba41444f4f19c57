import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PAGE, withTable } from "../../bench/write-page.js";

const page = readFileSync(PAGE, "utf8");
const main = readFileSync(new URL("../../bench/main.ts", import.meta.url), "utf8");
const marked = [...page.matchAll(/^<!-- npm run bench -- (\w+) --write -->$/gm)].map((match) => match[1]!);

test("a benchmark's table takes the place of its last one, and nothing else of the page changes", () => {
  expect(marked.length).toBeGreaterThan(4);
  for (const name of marked) {
    const written = withTable(page, name, "| new |\n| --- |");
    expect(written).toContain(`-- ${name} --write -->\n| new |\n| --- |\n<!-- end -->`);
    expect(withTable(written, name, "| new |\n| --- |")).toBe(written);
    const [before] = page.split(`<!-- npm run bench -- ${name} --write -->`);
    expect(written.startsWith(before!)).toBe(true);
  }
});

test("every place of the page belongs to a benchmark that there is", () => {
  expect(marked.filter((name) => !main.includes(`import("./${name}/run.js")`))).toEqual([]);
});

test("a benchmark without a place says what to put where", () => {
  expect(() => withTable(page, "nothing", "")).toThrow("has no place for nothing");
});
