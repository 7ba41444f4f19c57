import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { readNotebook } from "../../../kernel/notebook/read-notebook.js";
import { runCli } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";

const examples = resolve(import.meta.dirname, "../../../examples/tslab");

/** What a cell shows, one line an output: `stdout text`, `text/html …`, `error Name: message`. */
type Shown = string[];

/** Runs a notebook with the command line and gives what each code cell shows. */
async function run(path: string, home: string): Promise<Shown[]> {
  const output = join(home, "executed.ipynb");
  const { exitCode, stderr } = await runCli(["run", path, "-o", output, "--allow-errors"], { home });
  expect([0, 1], stderr).toContain(exitCode);
  const { cells } = await readNotebook(output);
  return cells.flatMap((cell) => {
    if (cell.cell_type !== "code") return [];
    const outputs = cell.outputs as Record<string, unknown>[];
    return [outputs.flatMap(describe)];
  });
}

function describe(output: Record<string, unknown>): string[] {
  if (output.output_type === "stream") return [`${output.name} ${textOf(output.text)}`];
  if (output.output_type === "error") return [`error ${output.ename}: ${output.evalue}`];
  const entries = Object.entries(output.data as Record<string, unknown>);
  return entries.map(([type, data]) => `${type} ${textOf(data)}`);
}

function textOf(text: unknown): string {
  return Array.isArray(text) ? text.join("") : String(text);
}

/** Copies one of our notebooks as it is, with tslab's kernelspec in it, and runs it. */
function runExample(name: string): Promise<Shown[]> {
  const home = tempFolder("tslab");
  copyFileSync(join(examples, `${name}.ipynb`), join(home, `${name}.ipynb`));
  expect(readFileSync(join(home, `${name}.ipynb`), "utf8")).toContain('"name": "tslab"');
  return run(join(home, `${name}.ipynb`), home);
}

test("the display notebook shows each media type and replaces what newDisplay shows", async () => {
  const shown = await runExample("display");
  expect(shown[0]).toEqual(["stdout tslab 1.0.22\n"]);
  expect(shown[1]).toEqual([
    "text/html <i>Hello</i> from <b>HTML</b>",
    "text/markdown *Hello* from **markdown**",
    "text/latex $e^{i\\pi} = -1$",
  ]);
  expect(shown[2]?.[0]).toMatch(/^image\/svg\+xml <svg .*<rect/);
  expect(shown[3]).toEqual([expect.stringMatching(/^image\/png iVBORw0KGgo/), "text/plain 70 bytes"]);
  expect(shown[4]).toEqual(["text/plain 100 %"]);
  expect(shown[5]).toEqual([
    "text/html <table><tr><td>loaded</td></tr></table>",
    "text/javascript console.log(1)",
  ]);
});

test("the modules notebook imports Node's modules and cells that are modules", async () => {
  expect(await runExample("modules")).toEqual([
    [],
    ["text/plain 'written by a cell into tslab-N.txt'"],
    [],
    ["text/plain '3.142'"],
    [],
    ["text/plain '2² π'"],
    ["text/plain '00d261ae'"],
    ["text/plain 'answer=42'"],
  ]);
});

test("the JSX notebook builds HTML with components", async () => {
  expect(await runExample("jsx")).toEqual([
    [],
    [],
    ['text/html <ul><li class="item">one</li><li class="item">two</li></ul>'],
    [`text/plain '<ul><li class="item">three</li></ul>'`],
  ]);
});

test("the async notebook awaits at the top level, iterates, and shows a promise that nobody awaited", async () => {
  expect(await runExample("async")).toEqual([
    ["text/plain true"],
    [expect.stringContaining("text/plain Promise { <pending> }")],
    ["text/plain [ 3, 2, 1 ]"],
    ["text/plain [ 1, 4, 9 ]"],
    ["text/plain [ 'fulfilled', 'rejected' ]"],
    ["stdout from a timer\n", "text/plain { first: 1, rest: [ 4, 9 ] }"],
  ]);
});

test("the error notebook shows each error and goes on with what was declared before it", async () => {
  expect(await runExample("error")).toEqual([
    ["error CompileError: Type 'string' is not assignable to type 'number'."],
    ["error RangeError: on purpose"],
    ["text/plain 'declared before the error'"],
    ["stderr stderr: caught\n"],
    ["error TypeError: rejected"],
    ["error CompileError: Expression expected."],
    [expect.stringContaining("error CompileError: Cannot find module 'no-such-package'")],
    ["text/plain 'still here'"],
  ]);
});

/**
 * What the notebooks do that tslab's README names as examples (getting_started.ipynb of yunabe/tslab-examples), feature by
 * feature, in cells of our own in fixtures/tslab-readme.ipynb. Of the other two, the one on TensorFlow.js needs a native
 * build, and the JavaScript one is for the kernel jslab.
 */
const readmeExamples: readonly (readonly [what: string, shown: Shown | RegExp])[] = [
  ["versions", /^stdout Hi!\nVersions: \{ tslab: '1\.0\.22', typescript: '5\.[\d.]+', node: 'v/],
  ["a documented function", []],
  ["a block with names of its own", ["stdout 10! = 3628800 true\n"]],
  ["interface, class, private member", ["stdout Good day, tslab\n"]],
  ["top-level await and the value of the last line", ["text/plain 'Waited: true'"]],
  ["a promise without await", /^text\/plain Promise \{ <pending> \}/],
  ["an import by default, for later cells", []],
  ["HTML", ["text/html Hi <b>Type</b>Script"]],
  ["a picture from a file", ["image/jpeg /9j/2Q=="]],
  ["a progress display", ["text/plain at 100%"]],
  ["destructuring, spread, generators", ["stdout { a: 1, c: 'x' }\n1 [ 2, 3 ] [ 0, 4, 16, 36 ]\n"]],
  ["an async arrow function", ["text/plain 'done'"]],
  ["optional chaining and nullish coalescing", ["stdout undefined 0\n"]],
  [
    "an overwritten variable of another type is an error",
    ["error CompileError: Type 'string' is not assignable to type 'number'."],
  ],
  ["a variable declared again", ["text/plain 'tslab'"]],
];

test("the examples of tslab's README work", async () => {
  const home = tempFolder("tslab-readme");
  mkdirSync(join(home, "images"));
  writeFileSync(join(home, "images", "dot.jpg"), Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
  const path = join(home, "readme.ipynb");
  copyFileSync(resolve(import.meta.dirname, "fixtures", "tslab-readme.ipynb"), path);
  const shown = await run(path, home);
  expect(shown).toHaveLength(readmeExamples.length);
  for (const [index, [what, expected]] of readmeExamples.entries()) {
    const text = stripVTControlCharacters(shown[index]!.join("\n"));
    if (expected instanceof RegExp) expect(text, what).toMatch(expected);
    else expect(shown[index], what).toEqual(expected);
  }
});
