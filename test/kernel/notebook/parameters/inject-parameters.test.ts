import { expect, test } from "vitest";
import { type CodeCell, isCodeCell, type Notebook } from "../../../../kernel/notebook/notebook.js";
import type { ParameterInput } from "../../../../kernel/notebook/parameters/convert-value.js";
import { injectParameters } from "../../../../kernel/notebook/parameters/inject-parameters.js";

function cell(source: string, ...tags: string[]): CodeCell {
  return { cell_type: "code", source, metadata: { tags }, execution_count: null, outputs: [] };
}

function notebookOf(...cells: CodeCell[]): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

/** Injects parameters given as text into a notebook whose parameters cell is `source`. */
function inject(source: string, texts: Record<string, string>): string {
  return injectInto(notebookOf(cell(source, "parameters")), texts)[1]!;
}

function injectInto(notebook: Notebook, texts: Record<string, string>): string[] {
  const inputs = Object.entries(texts).map(([name, text]) => [name, { type: "text", text }] as const);
  injectParameters(notebook, new Map(inputs), "n.ipynb");
  return notebook.cells.filter(isCodeCell).map((each) => each.source);
}

function injectValue(source: string, name: string, value: unknown): string {
  const notebook = notebookOf(cell(source, "parameters"));
  injectParameters(notebook, new Map<string, ParameterInput>([[name, { type: "value", value }]]), "n.ipynb");
  return notebook.cells[1]!.source;
}

test.each([
  ["a number", "const n: number = 3", "5", "const n: number = 5;"],
  ["a number that is inferred", "let n = -3", ".5e1", "let n = 5;"],
  ["text that looks like a number", "const n: string = 'x'", "007", 'const n: string = "007";'],
  ["text, inferred", "let n = `x`", "true", 'let n = "true";'],
  ["a truth value", "const n = true", "false", "const n = false;"],
  [
    "a date",
    "const n: Date = new Date()",
    "2024-02-29",
    'const n: Date = new Date("2024-02-29T00:00:00.000Z");',
  ],
  ["a time", "let n: Date", "2024-02-29T12:30+02:00", 'let n: Date = new Date("2024-02-29T10:30:00.000Z");'],
  [
    "a time of UTC",
    "let n: Date",
    "2024-02-29T12:30:05.5Z",
    'let n: Date = new Date("2024-02-29T12:30:05.500Z");',
  ],
  ["a month", "let n: Date", "2024-02", 'let n: Date = new Date("2024-02-01T00:00:00.000Z");'],
  ["a very large number", "let n: number", "1e20", "let n: number = 100000000000000000000;"],
  [
    "a number of many digits or text",
    "let n: number | string",
    "9007199254740993",
    'let n: number | string = "9007199254740993";',
  ],
  ["a date, inferred", "let n = new Date()", "2024-02-29", 'let n = new Date("2024-02-29T00:00:00.000Z");'],
  ["a big number", "const n = 1n", "12345678901234567890", "const n = 12345678901234567890n;"],
  ["one of several words", "const n: 'a' | 'b' = 'a'", "b", "const n: 'a' | 'b' = \"b\";"],
  ["a named type", "type T = 'a' | 'b'; const n: T = 'a'", "b", 'const n: T = "b";'],
  ["what may be missing", "let n: string | undefined", "x", 'let n: string | undefined = "x";'],
  ["nothing", "let n: string | null = 'x'", "null", "let n: string | null = null;"],
  ["a number or text", "let n: string | number = 1", "5", "let n: string | number = 5;"],
  ["text or a number", "let n: string | number = 1", "5 a", 'let n: string | number = "5 a";'],
  ["a list", "const n: string[] = []", '["1"]', 'const n: string[] = ["1"];'],
  ["an empty list, inferred", "const n = [1, 2]", "[]", "const n: number[] = [];"],
  [
    "a list of dates",
    "let n: Array<Date> = []",
    '["2024-02-29"]',
    'let n: Array<Date> = [new Date("2024-02-29T00:00:00.000Z")];',
  ],
  ["an object", "const n: { a: number } = { a: 1 }", '{"a": 2}', 'const n: { a: number } = { "a": 2 };'],
  [
    "a type that only the compiler knows: JSON",
    "const n: Map<string, Foo> = f()",
    "[1]",
    "const n: Map<string, Foo> = [1];",
  ],
  ["a type that only the compiler knows: text", "const n: Foo = f()", "one", 'const n: Foo = "one";'],
  ["an export", "export const n: number = 1", "2", "const n: number = 2;"],
  ["a part of a pattern", "const { n } = { n: 1 }", "2", "const n = 2;"],
])("the new declaration of %s has the type of the old", (_what, source, text, expected) => {
  expect(inject(source, { n: text })).toBe(`// Parameters\n${expected}`);
});

test.each([
  ["number", "abc"],
  ["number", ""],
  ["number", "1e999"],
  ["number", "0x10"],
  ["boolean", "yes"],
  ["boolean", "1"],
  ["number", "12345678901234567890"],
  ["number", "-9007199254740993"],
  ["Date", "2024-02-31x"],
  ["Date", "hello 5"],
  ["Date", "5"],
  ["Date", "2024-02-30"],
  ["Date", "2024-13"],
  ["bigint", "1.5"],
  ["'a' | 'b'", "c"],
  ["string[]", "a"],
  ["string[]", "[1]"],
  ["{ a: number }", '{"a": "x"}'],
  ["{ a: number }", "[1]"],
  ["null", "x"],
])("a parameter of type %s refuses %j, and names both", (type, text) => {
  const attempt = () => inject(`let n: ${type}`, { n: text });
  expect(attempt).toThrow(
    `The parameter n cannot be ${JSON.stringify(text)}: n.ipynb declares it as ${type}.`,
  );
});

test("a number of more digits than a number can hold is refused with what to do, declared or not", () => {
  const hints = [expect.stringContaining("declare it as bigint")];
  for (const notebook of [notebookOf(), notebookOf(cell("const n = 1", "parameters"))]) {
    const attempt = () => injectInto(notebook, { n: "12345678901234567890" });
    expect(attempt).toThrow(expect.objectContaining({ hints: expect.arrayContaining(hints) }));
  }
  expect(() => injectValue("const n = 1", "n", 2 ** 53)).toThrow("cannot be 9007199254740992");
});

test("a value of a file is not bent into the declared type", () => {
  expect(injectValue("const n: string = ''", "n", "3")).toContain('= "3";');
  expect(() => injectValue("const n: string = ''", "n", 3)).toThrow("cannot be 3");
  expect(() => injectValue("const n: number = 0", "n", "3")).toThrow('cannot be "3"');
});

test("an unknown parameter is an error that names the nearest", () => {
  expect(() => inject("const month = 'May'", { mnoth: "June" })).toThrow(
    "n.ipynb has no parameter mnoth. Did you mean month?",
  );
});

test.each(["a b", "class", "1a", "a;evil()", "a=1,b", "", "a\nb"])("%j is no name of a parameter", (name) => {
  expect(() => injectInto(notebookOf(), { [name]: "1" })).toThrow("No variable can have the name");
});

test("the cell stands behind the parameters cell, and a second run replaces it", () => {
  const notebook = notebookOf(cell("first"), cell("const n = 1, m = 1", "parameters"), cell("n"));
  injectInto(notebook, { n: "2" });
  expect(notebook.cells[2]!.metadata.tags).toEqual(["injected-parameters"]);
  notebook.cells[2]!.id = "kept";
  const sources = injectInto(notebook, { m: "3" });
  expect(sources).toEqual(["first", "const n = 1, m = 1", "// Parameters\nconst m = 3;", "n"]);
  expect(notebook.cells[2]!.id).toBe("kept");
});

test("without a parameters cell it stands at the top, with JSON where it is JSON, and text where not", () => {
  const notebook = notebookOf(cell("n"));
  expect(injectInto(notebook, { n: "5", s: "five", l: "[1]" })[0]).toBe(
    '// Parameters\nconst n = 5;\nconst s = "five";\nconst l = [1];',
  );
});

test("a parameters cell that cannot be parsed does not keep a run from saying so itself", () => {
  expect(inject("const n = = 1", { n: "5" })).toContain("const n = 5;");
});

test("what was given stands in the metadata, where readers of papermill's notebooks look", () => {
  const notebook = notebookOf(cell("const n = 1n, when = new Date()", "parameters"));
  notebook.metadata.papermill = { exception: true };
  injectInto(notebook, { n: "2", when: "2024-02-29" });
  expect(notebook.metadata.papermill).toEqual({
    parameters: { n: "2", when: "2024-02-29T00:00:00.000Z" },
  });
});

/** What a value's source evaluates to, and the source. */
function evaluate(text: string): { value: unknown; source: string } {
  const source = inject("let n: unknown", { n: text }).split(" = ").slice(1).join(" = ");
  return { value: new Function(`"use strict"; return (${source.replace(/;$/, "")})`)(), source };
}

test.each([
  ["a script's end", JSON.stringify("</script><script>alert(1)</script><!--")],
  ["separators of lines", JSON.stringify("a\u2028b\u2029c\r\n")],
  ["quotes and backslashes", JSON.stringify("\"'`$" + "{process.exit()}\\")],
  ["half a surrogate", '"\\ud800"'],
  ["a key __proto__", '{"__proto__": {"admin": true}, "a": [{"__proto__": 1}]}'],
  ["minus nought", "-0"],
])("a value with %s stays that value, and breaks out of nothing", (_what, json) => {
  const { value, source } = evaluate(json);
  expect(value).toEqual(JSON.parse(json));
  expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(json)));
  expect((value as { admin?: boolean }).admin).toBeUndefined();
  expect(source).not.toMatch(/<[/!]|[\u2028\u2029\r\n]/);
});

test("a parameter may be called __proto__ or constructor", () => {
  const inputs = new Map<string, ParameterInput>([
    ["__proto__", { type: "text", text: "1" }],
    ["constructor", { type: "text", text: "2" }],
  ]);
  const notebook = notebookOf();
  injectParameters(notebook, inputs, "n.ipynb");
  expect(notebook.cells[0]!.source).toBe("// Parameters\nconst __proto__ = 1;\nconst constructor = 2;");
});
