import { expect, test } from "vitest";
import type { Cell, Notebook } from "../../../kernel/notebook/notebook.js";
import { type CellRange, selectCells } from "../../../kernel/notebook/select-cells.js";

const code = (source: string, ...tags: string[]): Cell => ({
  cell_type: "code",
  id: `id-${source.slice(0, 6)}`,
  source,
  metadata: { tags },
  execution_count: null,
  outputs: [],
});
const heading: Cell = { cell_type: "markdown", id: "title", source: "# Part", metadata: { tags: ["part"] } };

async function numbersOf(cells: readonly Cell[], range: CellRange): Promise<number[]> {
  const notebook: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [...cells] };
  return (await selectCells(notebook, range)).map(({ number }) => number);
}

const cells = [
  code("work1()"),
  code(" "),
  code("skip()", "skip-execution"),
  heading,
  code("work2()", "two"),
  code("work3()", "two"),
  code("work4()"),
];

test.each<[string, CellRange, number[]]>([
  ["nothing", {}, [1, 2, 3, 4]],
  ["a number", { from: "3" }, [3, 4]],
  ["an id", { from: "id-work2(" }, [2, 3, 4]],
  ["the id of a text cell", { from: "title" }, [2, 3, 4]],
  ["a tag", { from: "two" }, [2, 3, 4]],
  ["the tag of a text cell", { from: "part" }, [2, 3, 4]],
  ["a last number", { until: "2" }, [1, 2]],
  ["a last tag", { until: "two" }, [1, 2, 3]],
  ["both", { from: "2", until: "2" }, [2]],
])("a range by %s takes its cells alone", async (_what, range, numbers) => {
  expect(await numbersOf(cells, range)).toEqual(numbers);
});

test.each<[CellRange, string]>([
  [{ from: "9" }, 'There is no cell "9" to start from: the notebook has 4 cells that can be run.'],
  [{ until: "nowhere" }, 'There is no cell "nowhere" to end with'],
  [{ from: "3", until: "2" }, 'The cell "2" to end with stands before the cell "3" to start from.'],
])("the range %j is an error that says why", async (range, message) => {
  await expect(numbersOf(cells, range)).rejects.toMatchObject({
    code: "cell-not-found",
    message: expect.stringContaining(message),
  });
});

test("definitions before the first cell run too: they do nothing but say what names mean", async () => {
  const sources = [
    'import { readFileSync } from "node:fs";\nimport "./effect.js";',
    "const LIMIT = -5, names = ['a', `b`], options = { deep: { on: true } } as const;",
    "function help() { return work(); }\nconst also = async () => await work();",
    "type T = string;\ninterface I { a: T }\nexport class C {}\nenum E { A }",
    "const answer = work();",
    "const spread = { ...help() };",
    "help();",
    "let later: string;",
    "const n = 1; console.log(n);",
    "%claude mode",
    "end()",
  ];
  const tagged = [code("prepare()", "setup"), code("const p = ask()", "parameters")];
  const numbers = await numbersOf([...sources.map((source) => code(source)), ...tagged, code("last()")], {
    from: "14",
  });
  expect(numbers).toEqual([1, 2, 3, 4, 8, 12, 13, 14]);
});

test("a cell that needs one that is left out is an error, which names both and what to do", async () => {
  const needing = [
    code("const total = await sum();"),
    code("total = 2"),
    code("const f = () => total + 1"),
    code("f()"),
  ];
  await expect(numbersOf(needing, { from: "4" })).rejects.toMatchObject({
    code: "cell-left-out",
    message: "Cell 3 uses total, which cell 1 declares: a run that starts later leaves that out.",
    hints: [expect.stringContaining("--from 1"), expect.stringContaining("`setup`")],
  });
});

test("a name that the run declares itself is not missed", async () => {
  const fine = [code("const total = await sum();"), code("const total = 2; show(total); (total) => total")];
  expect(await numbersOf(fine, { from: "2" })).toEqual([2]);
});

test("a cell that is no TypeScript, as one with magics, does not keep the run from beginning", async () => {
  const magics = [code("const total = await sum();"), code("%%claude -o answer\nHow much is {{total}}?")];
  expect(await numbersOf(magics, { from: "2" })).toEqual([2]);
});
