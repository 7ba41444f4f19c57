import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { beforeAll, expect, test } from "vitest";
import { tempFolder } from "../support/temp-folder.js";

const root = resolve(import.meta.dirname, "../..");

/** File name → text, of a folder of pages. */
function pagesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

let made: { readonly exitCode: number; readonly said: string; readonly pages: Record<string, string> };
beforeAll(async () => {
  const output = join(tempFolder(), "api");
  const script = join(root, "docs/tool/generate-reference.mjs");
  const run = await execa(process.execPath, [script, "--output", output], { reject: false, all: true });
  made = { exitCode: run.exitCode ?? -1, said: run.all, pages: run.exitCode === 0 ? pagesIn(output) : {} };
});

test("every export of every entry of the package has a description", () => {
  expect(made.exitCode, made.said).toBe(0);
});

test("docs/api is what the declarations say; `npm run docs:api` makes it again", () => {
  const stored = pagesIn(join(root, "docs/api"));
  const stale = Object.keys({ ...stored, ...made.pages }).filter((name) => stored[name] !== made.pages[name]);
  expect(stale, "These pages are not up to date: run `npm run docs:api` and commit docs/api").toEqual([]);
});

test("each entry of the package has a page", () => {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { exports: object };
  const entries = Object.keys(exports).filter((name) => name !== "./package.json");
  const pages = entries.map((name) =>
    name === "." ? "claude-notebook.md" : `${name.slice("./".length)}.md`,
  );
  expect(Object.keys(made.pages)).toEqual(expect.arrayContaining(pages));
});
