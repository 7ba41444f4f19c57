// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are those of the cells
import type { Theme } from "../scenario.js";

export const diagnostics: Theme = {
  title: "Errors and warnings",
  scenarios: [
    {
      title: "an error's place counts in UTF-16 units, whatever stands before it",
      steps: [
        { code: 'const s = "é😀"; const e: number = "é😀"', errors: ["2322 at 1:24"] },
        { code: "\tconst t: number = 'x'", errors: ["2322 at 1:8"] },
        { code: "const a = 1\r\nconst b: number = 'x'\r\n", errors: ["2322 at 2:7"] },
      ],
    },
    {
      title: "several errors are told at once, each at its place",
      steps: [
        {
          code: 'const a: number = "x"\n\n   undefinedName.foo\nMath.flor(1)',
          errors: ["2322 at 1:7", "2304|2552 at 3:4", "2339|2551 at 4:6"],
        },
      ],
    },
    {
      title: "the place is exact in a cell that uses many earlier names",
      steps: [
        "const p1 = 1, p2 = 'x'; class P3 {} type P4 = { a: number }; function p5() { return 1 } enum P6 { A } import { join as p7 } from 'node:path'",
        {
          code: "const all: P4 = { a: p1 + p5() + P6.A }; new P3(); p7(p2); const w: number = p2",
          errors: ["2322 at 1:66"],
        },
        { code: "/* x */ p2.nope; p1 = 2", errors: ["2339 at 1:12", "2588 at 1:18"] },
      ],
    },
    {
      title: "an error shows the line, with what stands around it and a mark below",
      steps: [
        {
          code: "const ok = 1\nconst n: number = 'text'\nconst last = 2",
          errors: ["2322 at 2:7"],
          says: /1 \| const ok = 1\n> 2 \| const n: number = 'text'\n {4}\| {7}\^\n {2}3 \| const last = 2/,
        },
      ],
    },
    {
      title: "text that is not ended is an error, and the next cell runs",
      steps: [
        { code: "const t = `abc", errors: ["1160"] },
        { code: "/* abc", errors: ["1010"] },
        { code: "const s = 'abc", errors: ["1002"] },
        ["2", 2],
      ],
    },
    {
      title: "syntax errors of every kind are told with a place",
      steps: [
        { code: "const = 5", errors: ["1134 at 1:7"] },
        { code: "function () {}", errors: ["1003 at 1:10"] },
        { code: "if (", errors: ["1109"] },
        { code: "class { }", errors: ["1211 at 1:1"] },
        { code: "foo(1, 2", errors: ["1005"] },
        { code: "}", errors: ["1128 at 1:1"] },
        { code: "const x: = 1", errors: ["1110 at 1:10"] },
        { code: "let a = {b: 1,, c: 2}", errors: ["1136"] },
        { code: "for (const x of", errors: ["1109"] },
        { code: "return 5", errors: ["1108 at 1:1"] },
        { code: "break", errors: ["1105 at 1:1"] },
        { code: "import { from 'x'", errors: ["1005"] },
        { code: "a => { ", errors: ["1005"] },
        { code: "\u0000", errors: ["1127"] },
        { code: "@@@", errors: ["1146|1109|1128"] },
        { code: 'const "x" = 1', errors: ["1134"] },
        { code: "1 +", errors: ["1109"] },
        { code: "let let = 1", errors: ["2480|1214"] },
        { code: "await", errors: ["1109"] },
        { code: "super.x", errors: ["2335|2337|2660 at 1:1"] },
        ["'alive'", "alive"],
      ],
    },
    {
      title: "no name that the engine made up stands in a message",
      steps: [
        "class Leak { a = 1 }; interface Le2 { x: number }; const lk = { deep: new Leak() }; type Lk3 = { l: Leak }",
        { code: "const l: Le2 = new Leak()", errors: ["2741|2739"], never: /__|cell-?\d+\.|import\(/ },
        { code: "Leak = 3 as any", errors: ["2629|2630|2632"], never: /__|cell-?\d+\./ },
        { code: "const l3: Lk3 = { l: 1 }", errors: ["2322"], never: /__|cell-?\d+\.|import\(/ },
        { code: "lk.deep.b", errors: ["2339|2551"], never: /__|cell-?\d+\.|import\(/ },
        { code: "const q: typeof lk = lk.deep", errors: ["2741"], never: /__|cell-?\d+\.|import\(/ },
      ],
    },
    {
      title: "a type of a package is named without its path",
      steps: [
        {
          code: 'import { EventEmitter } from "node:events"; const e: EventEmitter = 1',
          errors: ["2322"],
          says: /'EventEmitter(<.*>)?'/,
        },
      ],
    },
    {
      title: "a function that must return a value and does not is an error",
      steps: [{ code: "function mr(): number { }", errors: ["2355 at 1:16"] }],
    },
    {
      title: "a misspelt name is told with the right one",
      steps: [
        "const customer = { address: 'x' }",
        { code: "custmer", errors: ["2552 at 1:1"], says: /Did you mean 'customer'/ },
        { code: "customer.adress", errors: ["2551 at 1:10"], says: /Did you mean 'address'/ },
      ],
    },
    {
      title: "an error says where else to look",
      steps: [
        "interface Need { must: string }",
        { code: "const need: Need = {}", errors: ["2741"], says: /'must' is declared here/ },
        {
          code: "function two(a: number, b: number) { return a + b }\ntwo(1)",
          errors: ["2554 at 2:1"],
          says: /argument for 'b' was not provided/,
        },
      ],
    },
    {
      title: "a chain of reasons is told with the error",
      steps: [
        {
          code: "const o: { a: { b: string } } = { a: { b: 1 } as { b: number } }",
          errors: ["2322"],
          says: /Types of property 'b' are incompatible|Type 'number' is not assignable to type 'string'/,
        },
      ],
    },
    {
      title: "a forgotten await is told as such",
      steps: [
        "const load = async () => ({ rows: [1] })",
        { code: "load().rows", errors: ["2339"], says: /forget(?: to use)? [`']await/ },
        { code: "const n: number = load()", errors: ["2740|2322"], says: /forget(?: to use)? [`']await/ },
      ],
    },
    {
      title: "code that is never reached is a warning and does not stop the cell",
      steps: [
        {
          code: "function un() { return 1; console.log('never') }\nconsole.log(un())",
          prints: "1\n",
          warns: /[Uu]nreachable/,
        },
      ],
    },
    {
      title: "an await that changes nothing is a warning and does not stop the cell",
      steps: [
        { code: "const plain = 5; const got = await plain; console.log(got)", prints: "5\n", warns: /await/ },
      ],
    },
    {
      title: "a cell that is right says nothing",
      steps: [
        {
          code: "const right = [1, 2].map((n) => n * 2); console.log(right.length)",
          prints: "2\n",
          quiet: true,
        },
      ],
    },
    {
      title: "an error of the running code is shown at its place in the cell that holds it",
      steps: [
        'function boom(x: number): never {\n  type T = number;\n  throw new TypeError("in boom");\n}',
        {
          code: "// c\nconst a1: number = 1;\n  boom(a1)",
          throws: /in boom/,
          traceback: /boom \(.*:3:9\)[\s\S]*:3:3/,
        },
      ],
    },
    {
      title: "places in traces are exact in code that had to be rewritten",
      steps: [
        "enum En { A = 1 }\nconst base: number = 2",
        {
          code: "interface Gone { a: number }\nclass Cx {\n  constructor(private readonly n: number) {}\n  fail(): never { type T = number; throw new Error(`n ${this.n as T}`) }\n}\nnew Cx(base as number).fail()",
          throws: /n 2/,
          traceback: /fail \(.*:4:42\)[\s\S]*:6:24/,
        },
      ],
    },
    {
      title: "places in traces are exact after an await and in callbacks",
      steps: [
        {
          code: "const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));\nawait wait(5);\n  throw new Error('later')",
          throws: /later/,
          traceback: /:3:9/,
        },
        {
          code: "[1].map((n: number) => {\n  return (n as any).no.where;\n})",
          throws: /TypeError/,
          traceback: /:2:24/,
        },
      ],
    },
    {
      title: "what is thrown need not be an error",
      steps: [
        { code: "throw 'text'", throws: /text/ },
        { code: "throw { a: 1 }", throws: /a: 1/ },
        { code: "throw undefined", throws: /undefined/ },
        ["1", 1],
      ],
    },
    {
      title: "@ts-expect-error and @ts-ignore are honoured",
      steps: [
        ["// @ts-expect-error\nconst n: number = 'x'\nn", "x"],
        ["// @ts-ignore\nconst m: number = 'y'\nm", "y"],
        { code: "// @ts-expect-error\nconst fine = 1", errors: ["2578 at 1:1"] },
      ],
    },
    {
      title: "a cell without errors after one with errors has none of them",
      steps: [
        { code: "const broken: number = 'x'", errors: ["2322"] },
        ["const broken = 5; broken", 5],
        { code: "type Ty = Missing", errors: ["2304"] },
        ["type Ty = string; const ty: Ty = 't'; ty", "t"],
      ],
    },
  ],
};
