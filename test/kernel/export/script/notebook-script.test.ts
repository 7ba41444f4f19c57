// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of scripts stands here as text
import { expect, test } from "vitest";
import { notebookScript } from "../../../../kernel/export/script/notebook-script.js";
import { parseNotebook } from "../../../../kernel/notebook/read-notebook.js";

interface CellFields {
  readonly [field: string]: unknown;
}

/** The script of cells of code; what is no text is a cell as it stands. */
function script(cells: readonly (string | CellFields)[], kernel = "claude-notebook") {
  const written = cells.map((cell) => ({
    cell_type: "code",
    metadata: {},
    execution_count: null,
    outputs: [],
    ...(typeof cell === "string" ? { source: cell } : cell),
  }));
  const document = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: kernel } },
    cells: written,
  };
  return notebookScript(parseNotebook(JSON.stringify(document), "x.ipynb"), "x.ipynb");
}

/** The cells of a script, without its head. */
const bodies = (cells: readonly (string | CellFields)[], kernel?: string): string[] =>
  script(cells, kernel)
    .text.split(/\n\n\/\/ %%/)
    .slice(1)
    .map((cell) => cell.trim());

test("cells stand in their order, in the percent format, words as comments", () => {
  const { text } = script([{ cell_type: "markdown", source: "# Title\n\n*/ words" }, "let a = 1", { cell_type: "raw", source: "raw" }]);
  expect(text).toBe(
    "// x.ipynb as a script. Run it in the notebook's folder, for example with `npx tsx`.\nexport {};\n\n" +
      "// %% [markdown]\n// # Title\n//\n// */ words\n\n// %%\nlet a = 1;\n\n// %% [raw]\n// raw\n",
  );
}); // biome-ignore format: one line

test("names that every cell has are imported, those that are used", () => {
  const { text } = script(["for await (const m of query({ prompt: 'a' })) display_claude_response(m);", "const { query: q } = { query: 1 }"]);
  expect(text).toContain('import { display_claude_response, query } from "claude-notebook";');
}); // biome-ignore format: one line

test.each([
  ["constants", ["const a = 1;", "a;", "const a = 'x';", "f(a, { a }, b.a);"], ["const a = 1;", "a;", "const a_2 = 'x';", "f(a_2, { a: a_2 }, b.a);"]],
  ["functions, with their calls of themselves", ["function f() {}", "function f(n) { return f(n) }"], ["function f() {}", "function f_2(n) { return f_2(n) }"]],
  ["classes, as values and as types", ["class A {}", "class A { a: A = new A() }", "let x: A = new A();"], ["class A {}", "class A_2 { a: A_2 = new A_2() }", "let x: A_2 = new A_2();"]],
  ["types", ["type T = 1;", "type T = T2<T>;", "let a: T;"], ["type T = 1;", "type T_2 = T2<T_2>;", "let a: T_2;"]],
  ["names of patterns", ["let a, b;", "const { a, x: b, c = a } = g();", "a + b + c;"], ["let a, b;", "const { a: a_2, x: b_2, c = a_2 } = g();", "a_2 + b_2 + c;"]],
  ["imports of something else", ["import { a } from 'x';", "import { a } from 'y';", "import a from 'x';", "a();"], ["import { a } from 'x';", "import { a as a_2 } from 'y';", "import a_3 from 'x';", "a_3();"]],
  ["names that are taken otherwise", ["let a;", "let a, a_2;", "(a_2) => a;"], ["let a;", "let a_3, a_2;", "(a_2) => a_3;"]],
  ["only the notebook's own", ["let a;", "let a;", "{ let a; a }", "((a) => a)(1);", "let a;"], ["let a;", "let a_2;", "{ let a; a }", "((a) => a)(1);", "let a_3;"]],
])("what is declared again gets a name of its own: %s", (_what, cells, wanted) => {
  expect(bodies(cells)).toEqual(wanted);
}); // biome-ignore format: a line each

test("an import that stands in two cells is one, also where the script imports it itself", () => {
  const cells = ["1", "import { display, html } from 'claude-notebook';\nimport z from 'zod';", "import { display } from 'claude-notebook';\nimport z, { y } from 'zod';\ny(z);"]; // biome-ignore format: one line
  const { text } = script(cells);
  expect(text.match(/\bdisplay\b.*from|import z\b/g)).toHaveLength(2);
  expect(text).toContain("import { html } from 'claude-notebook';\nimport z from 'zod';");
  expect(text).toContain("import { y } from 'zod';\ny(z);");
});

test("interfaces of two cells that add to each other stay one, and a new version is a new one", () => {
  expect(bodies(["interface A { a: 1 }", "interface A { b: 2 }", "interface A { a: 3 }"])).toEqual([
    "interface A { a: 1 }",
    "interface A { b: 2 }",
    "interface A_2 { a: 3 }",
  ]);
});

test("a value and a type of two cells share their name, as in one file", () => {
  const cells = [
    "const S = z.f();",
    "type S = z.infer<typeof S>;",
    "const x: S = S.parse();",
    "type S = 1;",
    "const y: S = S;",
  ];
  expect(bodies(cells)).toEqual([
    "const S = z.f();",
    "type S = z.infer<typeof S>;",
    "const x: S = S.parse();",
    "type S_2 = 1;",
    "const y: S_2 = S;",
  ]);
  expect(bodies(["type S = 1;", "const S = 1;", "const S = 2;", "const y: S = S;"]).at(-1)).toBe(
    "const y: S = S_2;",
  );
});

test("a function may use what a cell below declares", () => {
  expect(bodies(["const f = () => late;", "const late = 1;", "const late = 2;"])).toEqual([
    "const f = () => late;",
    "const late = 1;",
    "const late_2 = 2;",
  ]);
});

test("a global that a cell declares later is the package's before and the cell's after", () => {
  const { text } = script(["await claude('a');", "const claude = 5;", "claude;"]);
  expect(text).toContain('import { claude } from "claude-notebook";');
  expect(text).toContain("await claude('a');\n\n// %%\nconst claude_2 = 5;\n\n// %%\nclaude_2;");
});

test.each([
  ["an expression without a semicolon", "a", "display(a);"],
  ["an object in brackets", "({ a: 1 })", "display({ a: 1 });"],
  ["two expressions in brackets", "(a, b)", "display((a, b));"],
  ["an expression with a comment behind it", "await f() // why", "display(await f()); // why"],
  ["no expression with a semicolon", "f();", "f();"],
  ["no call that shows something itself", "console.log(1)", "console.log(1);"],
  ["no assignment", "a = 1", "a = 1;"],
  ["the default export", "export default a", "display(a);"],
])("the value of a cell is shown: %s", (_what, source, wanted) => {
  expect(bodies([source])).toEqual([wanted]);
});

test("a cell that has run says by its outputs whether its value is shown", () => {
  const result = {
    output_type: "execute_result",
    execution_count: 1,
    data: { "text/plain": "1" },
    metadata: {},
  };
  expect(bodies([{ source: "f()", execution_count: 1, outputs: [] }])).toEqual(["f();"]);
  expect(bodies([{ source: "f()", execution_count: 1, outputs: [result] }])).toEqual(["display(f());"]);
});

test("in tslab's notebooks a semicolon hides no value", () => {
  expect(bodies(["a;"], "tslab")).toEqual(["display(a);"]);
});

test("a display of the notebook's own leaves the package's another name", () => {
  const { text } = script(["const display = 1;", "display"]);
  expect(text).toContain('import { display as display_value } from "claude-notebook";');
  expect(text).toContain("display_value(display);");
});

test("exports are declarations, since two cells may export the same", () => {
  expect(bodies(["export const a = 1;\nexport { a };", "export default function f() {}", "export * from 'x';"])).toEqual([
    "const a = 1;",
    "function f() {}",
    "",
  ]);
}); // biome-ignore format: one line

test("no cell goes on with the one before it", () => {
  expect(bodies(["let a = f", "(1);", "type T = 1", "[1].map(g);"])).toEqual(["let a = f;", "(1);", "type T = 1;", "[1].map(g);"]);
}); // biome-ignore format: one line

test.each([
  ["%cd data", 'process.chdir("data");'],
  ["%env KEY=a b", 'process.env.KEY = "a b";'],
  ["%pwd", "display(process.cwd());"],
  ["%time await f()", "display(await f());"],
  ["!ls -la dist", "// !ls -la dist"],
  ["!ls", "// !ls"],
  ["%npm install zod", "// %npm install zod"],
  ["const a = 1;\n!ls\na", "const a = 1;\n// !ls\ndisplay(a);"],
  ["%%bash\nls\ncd x", "// %%bash\n// ls\n// cd x"],
  ["%%time\nf();", "// %%time\nf();"],
  ["Math.max?", "// Math.max?"],
  ["%%claude -o memo --new\nSay `${hi}` to {name.first}, {{name}} and {nobody}", 'const memo = await claude(`Say \\`\\${hi}\\` to ${inserted(name.first)}, {name} and {nobody}`, {"new":true});'],
  ["%%claude --wrong\nx", "// %%claude --wrong\n// x"],
])("the magic %j is code, or a comment", (source, wanted) => {
  expect(bodies(["let name = { first: 1 };", source])[1]).toBe(wanted);
}); // biome-ignore format: a line each

test("valid TypeScript is taken for no magic", () => {
  const source = "let done = false;\n!done && go();\nconst t = `\n%pwd\n!ls\n`;\n!done";
  expect(bodies([source])[0]).toBe(source.replace(/!done$/, "display(!done);"));
});

test("magics in a cell with texts like them are found where they are", () => {
  expect(bodies(["const t = `\n!rm -rf x\n`;\n!ls -la x"])[0]).toBe(
    "const t = `\n!rm -rf x\n`;\n// !ls -la x",
  );
});

test("a script says what it leaves out", () => {
  const { notes } = script(["!ls -la x", "let = ;", "/** @module kit */\nexport const a = 1;", "const el = <b>x</b>;"]);
  expect(notes).toHaveLength(4);
  expect(notes.join("\n")).toMatch(/Cell 1: !ls -la x is left out.*\n?[\s\S]*Cell 2 is left out, it is no TypeScript[\s\S]*Cell 3 is a module: save it as kit\.ts[\s\S]*Cell 4 has JSX/);
}); // biome-ignore format: one line

test("a component that is declared again has its new name in both tags", () => {
  expect(
    bodies(["const Item = () => <b/>;", "const Item = () => <i/>;", "f(<Item a={1}>x</Item>);"]),
  ).toEqual(["const Item = () => <b/>;", "const Item_2 = () => <i/>;", "f(<Item_2 a={1}>x</Item_2>);"]);
});

test("a cell that is meant to fail is a comment, also where another one declares the same", () => {
  const fails = { source: "let a: number = 'x';", metadata: { tags: ["raises-exception"] } };
  expect(bodies(["let a = 1;", fails, "f(a);"])).toEqual([
    "let a = 1;",
    "// In the notebook this cell is meant to fail.\n// let a: number = 'x';",
    "f(a);",
  ]);
});

test("a cell that is meant to fail is a comment, unless others use what it declares", () => {
  const fails = (source: string) => ({ source, metadata: { tags: ["raises-exception"] } });
  expect(bodies([fails("let n: number = 'x';"), fails("let m = 1; throw m;"), "m"])).toEqual([
    "// In the notebook this cell is meant to fail.\n// let n: number = 'x';",
    "let m = 1; throw m;",
    "display(m);",
  ]);
});

test("what cells have of Node without an import has its lines at the top", () => {
  const { text } = script(["const fs = require('fs');", "__dirname; await input('Name? ');"]);
  expect(text).toContain("const require = createRequire(import.meta.url);");
  expect(text).toContain("const __dirname = import.meta.dirname;");
  expect(text).toContain("async function input(");
});

test("the packages of a script are named once each, without Node's", () => {
  const { text } = script(["import a from '@x/y/z';\nimport b from 'zod/v4';\nimport fs from 'node:fs';\nimport c from './c.js';", "await import('zod')"]);
  expect(text).toContain("// It needs these packages: @x/y, claude-notebook, zod\n");
}); // biome-ignore format: one line
