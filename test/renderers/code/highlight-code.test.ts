import { expect, test } from "vitest";
import { highlightCode, MAX_HIGHLIGHT_CHARS } from "../../../renderers/code/highlight-code.js";
import { languageOfFile } from "../../../renderers/code/languages.js";
import { runsHtml } from "../../../renderers/code/runs-html.js";

const html = (code: string, language: string): string => runsHtml(highlightCode(code, language));
const textOf = (code: string, language: string): string =>
  highlightCode(code, language)
    .map((run) => run.text)
    .join("");

test("colours are Pygments classes, which JupyterLab colours by itself", () => {
  expect(html("const a = 1; // one", "ts")).toBe(
    '<span class="k">const</span> a = <span class="mi">1</span>; <span class="c1">// one</span>',
  );
});

test("neighbours of one class share a span", () => {
  expect(html("export async function f() {}", "ts")).toContain(
    '<span class="k">export async function</span>',
  );
});

test.each([
  "typescript",
  "python",
  "bash",
  "sql",
  "rust",
  "html",
  "css",
  "json",
  "yaml",
  "diff",
  "markdown",
  "cpp",
])("no character of %s is lost or added", (language) => {
  const code = 'a < b && c > "d" \'e\' `f{g}` &amp; <script>\n# x\n\t// y\n{"k": [1, true]}\n- z: ü 🎉\n';
  expect(textOf(code, language)).toBe(code);
});

test("an unknown language and no language give plain text, never a guess", () => {
  expect(highlightCode("const a = 1", "klingon")).toEqual([{ text: "const a = 1", className: "" }]);
  expect(highlightCode("const a = 1", undefined)).toEqual([{ text: "const a = 1", className: "" }]);
});

test("very long code is shown plain", () => {
  expect(highlightCode("x".repeat(MAX_HIGHLIGHT_CHARS + 1), "ts")).toHaveLength(1);
});

test.each([
  ["src/a.ts", "ts"],
  ["C:\\x\\Dockerfile", "dockerfile"],
  ["a/b.PY", "py"],
  ["Makefile", "makefile"],
  ["a.unknown", undefined],
  ["", undefined],
  [".gitignore", undefined],
  ["__proto__", undefined],
  ["constructor", undefined],
])("the file %j is of language %j", (path, language) => {
  expect(languageOfFile(path)).toBe(language);
});
