import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const docs = resolve(import.meta.dirname, "../../docs");
const page = readFileSync(join(docs, "security.md"), "utf8");

/** The tests that the page names: a link from the title to the file. */
const named = [...page.matchAll(/\[([^\]]+)\]\((\.\.\/test\/[^)]+\.test\.ts)\)/g)]
  .map(([, title, file]) => ({ title: title!, file: file! }))
  .filter(({ title }) => title !== "A test");

test("every test that docs/security.md names is there, under that title", () => {
  expect(named.length).toBeGreaterThan(30);
  const missing = named.filter(({ title, file }) => {
    const path = join(docs, file);
    return !existsSync(path) || !readFileSync(path, "utf8").includes(JSON.stringify(title).slice(1, -1));
  });
  expect(missing).toEqual([]);
});

test("every threat on the page names what shows that it is met", () => {
  const tables = page.slice(page.indexOf("## What is enforced"), page.indexOf("## What is not covered"));
  const threats = tables
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (threat|---) /.test(line));
  expect(threats.length).toBeGreaterThan(20);
  expect(threats.filter((row) => !row.includes(".test.ts)"))).toEqual([]);
});
