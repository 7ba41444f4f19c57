// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are those of the cells
import type { Theme } from "../scenario.js";

const lines = Array.from({ length: 500 }, (_, i) =>
  i % 5 === 0
    ? `interface Row${i} { a${i}: number; b: string }`
    : i % 5 === 1
      ? `const v${i}: Row${i - 1} = { a${i - 1}: ${i}, b: "${i}" };`
      : i % 5 === 2
        ? `function f${i}(n: number): number { return n + v${i - 1}.a${i - 2} }`
        : i % 5 === 3
          ? `class C${i} { x = f${i - 1}(${i}) }`
          : `let r${i} = new C${i - 1}().x;`,
);
const declarations = Array.from({ length: 10_000 }, (_, i) => `const d${i} = ${i};`).join("\n");

const TOO_DEEP = /nested more than 1000 levels deep/;

export const badInput: Theme = {
  title: "Input of bad size and shape",
  scenarios: [
    {
      title: "a cell of 500 lines runs, and its last name is there in the next",
      steps: [
        lines.join("\n"),
        ["r499", 994],
        { code: `${lines.slice(0, 499).join("\n")}\nconst wrong: string = v1.a0`, errors: ["2322 at 500:7"] },
      ],
    },
    {
      title: "a cell of 10,000 declarations runs, and later cells use and replace them",
      steps: [
        declarations,
        ["d0 + d9999", 9999],
        ["const d5 = 'new'; d5 + d4", "new4"],
        { code: "d9999 = 1", errors: ["2588 at 1:1"] },
      ],
    },
    {
      title: "a type that recurs without end is an error that says so, and the session lives",
      steps: [
        "const before = 1",
        {
          code: "type Inf<T> = T extends string ? never : Inf<[T]>; type X = Inf<number>; const x: X = 1",
          errors: ["2589"],
          says: /excessively deep and possibly infinite/,
        },
        { code: "type Circ = Circ", errors: ["2456 at 1:6"] },
        {
          code: "type Len<N extends number, A extends 0[] = []> = A['length'] extends N ? A : Len<N, [...A, 0]>; const l: Len<100000> = []",
          errors: ["2589"],
        },
        ["before", 1],
      ],
    },
    {
      title: "a union that explodes is an error that says so, and the session lives",
      steps: [
        {
          code: "type D = '0'|'1'|'2'|'3'|'4'|'5'|'6'|'7'|'8'|'9'; type Many = `${D}${D}${D}${D}${D}${D}`; const m: Many = '0'",
          errors: ["2590"],
          says: /too complex to represent/,
        },
        ["1", 1],
      ],
    },
    {
      title: "a class that derives from itself and a value that is made from itself are errors",
      steps: [
        { code: "class Self extends Self {}", errors: ["2506 at 1:7"] },
        { code: "const own = own + 1", errors: ["2448"] },
        { code: "interface A extends B {} interface B extends A {}", errors: ["2310"] },
        ["1", 1],
      ],
    },
    {
      title: "an expression that nests 500 deep is checked and run",
      steps: [
        [`${"(".repeat(500)}1${")".repeat(500)}`, 1],
        [`${"[".repeat(200)}${"]".repeat(200)}.length`, 1],
        [Array.from({ length: 2000 }, () => "1").join(" + "), 2000],
      ],
    },
    {
      title: "brackets that nest without end are told, executed or asked about, and the kernel lives",
      steps: [
        "const alive = 1",
        { code: `${"(".repeat(60_000)}1${")".repeat(60_000)}`, errors: ["1000 at 1:1001"], says: TOO_DEEP },
        { code: `${"[".repeat(60_000)}${"]".repeat(60_000)}`, errors: ["1000"], says: TOO_DEEP },
        { code: `${"`${".repeat(60_000)}1${"}`".repeat(60_000)}`, errors: ["1000"], says: TOO_DEEP },
        { isComplete: `${"[".repeat(8000)}${"]".repeat(8000)}`, status: "invalid" },
        { complete: `${"[".repeat(8000)}ali‸`, offers: [] },
        { inspect: `${"[".repeat(8000)}ali‸ve`, shows: undefined },
        ["alive", 1],
      ],
    },
    {
      title: "brackets in strings, templates, comments and regular expressions nest nothing",
      steps: [
        [`'${"(".repeat(5000)}'.length`, 5000],
        [`\`${"{[(".repeat(1000)}\${1}\`.length`, 3001],
        [`/* ${"[".repeat(5000)} */ 1 // ${"[".repeat(5000)}`, 1],
        [`"x".match(/${"[(]".repeat(2000)}/)`, null],
      ],
    },
    {
      title: "a sum of 20,000 terms runs, and what V8 cannot take is told",
      steps: [
        [`(${Array.from({ length: 20_000 }, () => '"a"').join("+")}).length`, 20_000],
        { code: `const o: any = {}; o${".o".repeat(20_000)}`, throws: /SyntaxError: .*nests too deep/ },
        ["1", 1],
      ],
    },
    {
      title: "chains of thousands of conditions and of alternatives run",
      steps: [
        "let which: number = -1",
        [`${"which > 0 ? 1 : ".repeat(1500)}2`, 2],
        `${"if (which > 0) {} else ".repeat(1500)}{ which = 7 }`,
        ["which", 7],
      ],
    },
    {
      title: "a line of 200,000 characters is run, and an error in it is told briefly",
      steps: [
        [`const long = "${"x".repeat(200_000)}"; long.length`, 200_000],
        { code: `const m = "${"y".repeat(20_000)}"; const n: number = m`, errors: ["2322"], never: /y{500}/ },
      ],
    },
    {
      title:
        "strange line ends, a byte order mark and characters beyond the first plane are text like other text",
      steps: [
        ["\uFEFF1 + 1", 2],
        ["const a = 1\r\nconst b = 2\r\na + b", 3],
        ["const u = 'x'\u2028u", "x"],
        ["'𝒳'.length", 2],
        ["const 𝒳 = 3; 𝒳", 3],
      ],
    },
    {
      title: "lone surrogates and control characters in strings stay as they are",
      steps: [
        ["'\\uD800'.length", 1],
        ["'\\0\\b'.length", 2],
        ["'a\tb'.length", 3],
      ],
    },
    {
      title: "what strict mode forbids is told",
      steps: [
        { code: "with ({}) {}", errors: ["1101|2410"] },
        { code: "delete Math", errors: ["1102|2704"] },
        { code: "const yield = 1", errors: ["1214|1212"] },
      ],
    },
    {
      title: "names like __proto__, constructor and hasOwnProperty are variables like others",
      steps: [
        "const constructor = 1; const hasOwnProperty = 2; let toString = 3; const valueOf = 4",
        ["[constructor, hasOwnProperty, toString, valueOf]", [1, 2, 3, 4]],
        "const __proto__ = 5",
        ["__proto__", 5],
        "toString = 9",
        ["toString", 9],
      ],
    },
    {
      title: "names that an engine uses itself can be declared",
      steps: [
        "const exports = 1; const require = 2; const module = 3; const globalThis2 = 4; const __dirname = 5",
        ["[exports, require, module, globalThis2, __dirname]", [1, 2, 3, 4, 5]],
        "const __cell1 = 'mine'; const tsLastExpr = 'too'; const __awaiter = 3; const undefined2 = 1",
        ["[__cell1, tsLastExpr, __awaiter]", ["mine", "too", 3]],
        ["const answer = 5; answer", 5],
      ],
    },
    {
      title: "labels, getters and patterns with a hundred names are taken",
      steps: [
        `const { ${Array.from({ length: 100 }, (_, i) => `k${i}`).join(", ")} } = Object.fromEntries(Array.from({ length: 100 }, (_, i) => ["k" + i, i])) as Record<string, number>`,
        ["k0! + k99!", 99],
      ],
    },
    {
      title: "a thousand errors in a cell are told shortly",
      steps: [
        {
          code: Array.from({ length: 1000 }, (_, i) => `const e${i}: number = "x"`).join("\n"),
          errors: ["2322 at 1:7"],
          says: /and 990 more/,
        },
        ["1", 1],
      ],
    },
  ],
};
