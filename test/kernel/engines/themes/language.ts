// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are those of the cells
import type { Theme } from "../scenario.js";

export const language: Theme = {
  title: "TypeScript in cells",
  scenarios: [
    {
      title:
        "a constant enum that is only declared has its values, in its cell, in later ones and from a local module",
      steps: [
        ["declare const enum Level { Low = 1, High = Low + 2, Name = 'n' }\nLevel.High", 3],
        ["[Level.Low, Level.Name]", [1, "n"]],
        { code: "const l: Level = 'x'", errors: ["2322 at 1:7"] },
        ["export declare const enum Mode { On = 7 }\nconst mode: Mode = Mode.On; mode", 7],
        "const late = Mode.On",
        ["late", 7],
        {
          write: {
            "levels.ts": "export declare const enum Depth { Deep = 9 }\nexport const deep = Depth.Deep;",
          },
        },
        ['import { Depth, deep } from "./levels.ts"; [Depth.Deep, deep]', [9, 9]],
        {
          code: "declare const enum Sign { Plus = 1 }\nthrow new Error('here ' + Sign.Plus)",
          throws: /here 1/,
          traceback: /:2:7/,
        },
      ],
    },
    {
      title: "names in parameters, blocks and catch clauses hide earlier ones there only",
      steps: [
        "const x = 1",
        ["function sh(x: number) { return x }; sh(9)", 9],
        "{ let x = 2; }",
        ["x", 1],
        ["let r = 0; try { throw 4 } catch (x) { r = x as number } r + x", 5],
        ["((x: number) => x)(3) + x", 4],
      ],
    },
    {
      title: "the name of a property is no reference to an earlier variable",
      steps: ["const len = 1", ["({ len: 2 }).len", 2], ["class P { len = 5 }; new P().len", 5]],
    },
    {
      title: "a name in a parameter's default is not the one that the function's body declares",
      steps: [
        "const n = 1; let m = 5",
        ["function f(a = n, b = a + m) { const n = 9; return a + b + n } f()", 16],
        ["function g() { if (n > 2) { var late = 2 } return late } g() === undefined", true],
      ],
    },
    {
      title: "earlier variables are assigned by patterns in loops, with defaults and rests",
      steps: [
        "let p = 1, q = 2; const pairs: [number, number][] = [[3, 4], [5, 6]]",
        ["for ([p, q] of pairs) {} p + q", 11],
        ["[p = 7, ...[q]] = [undefined, 8] as [number | undefined, number]; [p, q]", [7, 8]],
        ["({ a: p, b: { c: q = 4 } } = { a: 1, b: {} as { c?: number } }); [p, q]", [1, 4]],
      ],
    },
    {
      title: "typeof and optional chains work on earlier variables",
      steps: ["let td: number | undefined = 1", ["typeof td", "number"], ["td?.toFixed(1)", "1.0"]],
    },
    {
      title: "a generic class is a value and a type in later cells",
      steps: [
        "class C1<T> { constructor(public v: T) {} get g() { return this.v } }",
        ["const c1: C1<number> = new C1(3); c1.g", 3],
        ['class D1 extends C1<string> { m() { return this.v } }; new D1("a").m()', "a"],
        { code: "const e: C1<string> = new C1(1)", errors: ["2322|2345"] },
      ],
    },
    {
      title: "private and protected members stay so in later cells",
      steps: [
        "class Pr { private p = 1; #q = 2; protected r = 3; get q() { return this.#q } }",
        ["new Pr().q", 2],
        { code: "new Pr().p", errors: ["2341 at 1:10"] },
        ["class Sub extends Pr { sum() { return this.r + this.q } }; new Sub().sum()", 5],
        { code: "new Pr().r", errors: ["2445"] },
      ],
    },
    {
      title: "an enum is a value and a type in later cells",
      steps: [
        'enum E { A, B = "b" as any }',
        "enum F { X = 1, Y }",
        ["F.Y", 2],
        ["F[1]", "X"],
        ["let ef: F = F.X; ef", 1],
        { code: 'ef = "no"', errors: ["2322 at 1:1"] },
      ],
    },
    { title: "a const enum is known in later cells", steps: ["const enum CE { A = 3 }", ["CE.A", 3]] },
    {
      title: "an enum is computed from an earlier constant",
      steps: ["const base = 10", "enum EM { A = base, B = A + 1 }", ["EM.B", 11]],
    },
    {
      title: "interfaces and generic aliases are known in later cells",
      steps: [
        "interface I { a: number }; type G<T, U = string> = { t: T; u: U }",
        ['const g: G<number> = { t: 1, u: "x" }; const i: I = { a: 2 }; g.t + i.a', 3],
        { code: 'const w: G<I> = { t: { a: "" }, u: "" }', errors: ["2322"] },
      ],
    },
    {
      title: "conditional, mapped and template literal types are known in later cells",
      steps: [
        "type Keys<T> = { [P in keyof T as `get${Capitalize<string & P>}`]: () => T[P] }",
        ["const kk: Keys<{ a: number }> = { getA: () => 1 }; kk.getA()", 1],
        "type Elem<T> = T extends (infer U)[] ? U : never",
        { code: "const el: Elem<string[]> = 1", errors: ["2322 at 1:7"] },
      ],
    },
    {
      title: "a namespace is a value and holds types in later cells",
      steps: [
        "namespace NS { export const v = 3; export let w = 4; export type T = number; export function up() { return ++w } }",
        ["NS.up(); const t: NS.T = NS.w; t", 5],
        ["NS.v", 3],
      ],
    },
    {
      title: "nested namespaces with dots keep what is private to them",
      steps: [
        "namespace Outer.Inner { const hidden = 2; export const twice = hidden * 2 }",
        ["Outer.Inner.twice", 4],
        { code: "Outer.Inner.hidden", errors: ["2339|2551"] },
      ],
    },
    {
      title: "an alias of a member of a namespace can be imported",
      steps: ["namespace Ns2 { export class Q { v = 1 } }", "import Q2 = Ns2.Q", ["new Q2().v", 1]],
    },
    {
      title: "a unique symbol is a key in later cells",
      steps: ['const sy = Symbol("a"); const os = { [sy]: 1 }', ["os[sy]", 1]],
    },
    {
      title: "an assertion function narrows in later cells",
      steps: [
        'function assertStr(x: unknown): asserts x is string { if (typeof x !== "string") throw 1 }',
        ['const un: unknown = "abc"; assertStr(un); un.length', 3],
      ],
    },
    {
      title: "an assertion in an annotated arrow function narrows in later cells",
      steps: [
        'const asrt: (x: unknown) => asserts x is string = (x) => { if (typeof x !== "string") throw 1 }',
        ['const un2: unknown = "abcd"; asrt(un2); un2.length', 4],
      ],
    },
    {
      title: "nested destructuring with defaults and rests declares what it names",
      steps: [
        "const { a, b: { c = 5 } = {}, ...rest } = { a: 1, d: 2 } as { a: number; b?: { c?: number }; d: number }; const [h, , t = 9] = [1, 2]",
        ["[a, c, rest.d, h, t]", [1, 5, 2, 1, 9]],
      ],
    },
    {
      title: "var in loops and blocks is there in later cells",
      steps: ["for (var vi = 0; vi < 3; vi++) {} if (true) { var vj = 4 }", ["vi + vj", 7]],
    },
    {
      title: "a function may be called above its declaration",
      steps: [
        ["const early = late(); function late() { return 6 } early", 6],
        ["late()", 6],
      ],
    },
    {
      title: "export before a declaration, a list or a default changes nothing",
      steps: [
        ["export const ex = 1; ex", 1],
        ["ex", 1],
        "export function ef2() { return 2 }",
        ["ef2()", 2],
        "const l0 = 1; export { l0 as l1 }",
        "export default 5",
        "export default function () { return 1 }",
        "export default class {}",
        "interface ET { a: 1 }; export type { ET }",
        ["const et: ET = { a: 1 }; et.a", 1],
      ],
    },
    {
      title: "a re-export of a package's name runs",
      steps: ['export { join as jn } from "node:path"', ["1", 1]],
    },
    {
      title: "satisfies, as const and the non-null assertion work",
      steps: [
        ["const s1 = { a: 1 } satisfies Record<string, number>; s1.a", 1],
        ['(["a", "b"] as const)[0]!', "a"],
        { code: "const s2 = { a: 'x' } satisfies Record<string, number>", errors: ["2322"] },
      ],
    },
    {
      title: "the library's types are those of ES2024 and later",
      steps: [
        ["[3, 1].toSorted().length", 2],
        // What Node 20 has not yet is typed all the same.
        ["const grow = (bytes: ArrayBuffer) => bytes.transfer(8); typeof grow", "function"],
        [
          "const groups = (words: string[]) => Object.groupBy(words, (each) => each[0]!); typeof groups",
          "function",
        ],
        ["const deferred = () => Promise.withResolvers<number>(); typeof deferred", "function"],
        ["structuredClone({ a: 1 }).a", 1],
        ['new URL("http://a/b").pathname', "/b"],
        ["[1, 2, 3].findLast((n) => n < 3)", 2],
        ["[1, 2].with(0, 9)", [9, 2]],
        ["'a'.isWellFormed()", true],
      ],
    },
    {
      title: "BigInt, regular expressions with the v flag and numeric separators work",
      steps: [
        ["1_000n", 1000n],
        ['/[\\p{L}--[a-z]]/v.test("A")', true],
      ],
    },
    {
      title: "a class that only inference knows keeps its members",
      steps: ["const hid = (() => { class Hidden { z = 1 } return new Hidden() })()", ["hid.z", 1]],
    },
    {
      title: "earlier tags, classes and functions are called as themselves",
      steps: [
        'const tag = (s: TemplateStringsArray, ...v: number[]) => s.join("|") + v.join(); class Nw { q = 1 }',
        ["tag`a${1}b`", "a|b1"],
        ["new Nw().q", 1],
        "function self(this: unknown) { return this === undefined }",
        ["self()", true],
      ],
    },
    {
      title: "earlier names work in class bodies, computed keys, defaults, extends and static blocks",
      steps: [
        'const key = "kk"; const dflt = 3; class Base { b = 1 }',
        [
          "class Cx extends Base { static s = dflt; [key]() { return dflt } static { Cx.s += dflt } m(a = dflt) { return a } }; const cx = new Cx(); [Cx.s, cx.kk(), cx.m(), cx.b]",
          [6, 3, 3, 1],
        ],
      ],
    },
    {
      title: "optional calls, delete, spread, in and instanceof work on earlier names",
      steps: [
        "const fo1: ((n: number) => number) | undefined = (n) => n; const ob: { a?: number } = { a: 1 }; class In {}",
        ["fo1?.(3)", 3],
        ['delete ob.a; [..."ab", ...Object.keys(ob)].length', 2],
        ['new In() instanceof In && !("a" in ob)', true],
      ],
    },
    {
      title: "switch, try and labels work at the top level",
      steps: [
        "const sw = 2",
        [
          'let out1 = ""; switch (sw) { case 2: { const sw = "x"; out1 += sw; break } default: out1 += "d" } lbl: for (;;) { break lbl } try { throw sw } catch { out1 += "c" } finally { out1 += "f" } out1',
          "xcf",
        ],
      ],
    },
    {
      title: "names of globals and contextual keywords can be declared",
      steps: [
        'const name = "x"; let type = 1; let of = 2; let async = 3; let get = 4; const process = { pid: 1 }',
        ["[name, type, of, async, get, process.pid]", ["x", 1, 2, 3, 4, 1]],
        ["type = 5; get++; type + get", 10],
      ],
    },
    {
      title: "names need not be ASCII",
      steps: ["const größe = 1; let 变量 = 2", ["变量 += größe; 变量", 3]],
    },
    {
      title: "recursive types and functions work",
      steps: [
        "type Tree = { v: number; kids: Tree[] }; const sum = (t: Tree): number => t.v + t.kids.reduce((a, k) => a + sum(k), 0)",
        ["sum({ v: 1, kids: [{ v: 2, kids: [] }] })", 3],
      ],
    },
    {
      title: "readonly tuples stay readonly",
      steps: [
        "const tup: readonly [a: number, b?: string] = [1]",
        ["const [t0] = tup; t0", 1],
        { code: "tup[0] = 2", errors: ["2540"] },
      ],
    },
    {
      title: "getters and methods may be named like earlier variables",
      steps: [
        "const nm = 1",
        ["({ get nm() { return nm + 1 } }).nm", 2],
        ["({ nm() { return nm } }).nm()", 1],
      ],
    },
    {
      title: "overloads are kept for later cells",
      steps: [
        "function ov(a: string): string; function ov(a: number): number; function ov(a: unknown): unknown { return a }",
        ["ov(3).toFixed(1) + ov('x').toUpperCase()", "3.0X"],
        { code: "ov(true)", errors: ["2769"] },
      ],
    },
    {
      title: "generic functions infer in later cells, const type parameters literally",
      steps: [
        "function first<T>(list: readonly T[]): T | undefined { return list[0] }; const lit = <const T,>(value: T) => value",
        ["first(['a'])?.toUpperCase()", "A"],
        [
          "const shape = lit({ kind: 'circle', tags: ['a'] }); const kind: 'circle' = shape.kind; kind",
          "circle",
        ],
        { code: "shape.tags.push('b')", errors: ["2339"] },
      ],
    },
    {
      title: "abstract classes, implements, override and index signatures are checked",
      steps: [
        "interface Shape { area(): number } abstract class Sh implements Shape { abstract area(): number; twice() { return 2 * this.area() } }",
        [
          "class Sq extends Sh { constructor(readonly w: number) { super() } override area() { return this.w ** 2 } }; new Sq(3).twice()",
          18,
        ],
        { code: "new Sh()", errors: ["2511"] },
        { code: "class Bad extends Sh {}", errors: ["2515"] },
        ["const byName: { [name: string]: number } = { a: 1 }; byName.a", 1],
      ],
    },
    {
      title: "generators, async functions and iterators work over cells",
      steps: [
        "function* count(n: number) { for (let i = 0; i < n; i++) yield i } const later = async (n: number) => n + 1",
        ["[...count(3)]", [0, 1, 2]],
        ["await later(1)", 2],
        ["const it = count(2); it.next().value", 0],
        ["it.next().value", 1],
      ],
    },
    {
      title: "discriminated unions narrow, and never shows what is missing",
      steps: [
        "type Ev = { kind: 'a'; n: number } | { kind: 'b'; s: string }",
        [
          "function tell(e: Ev) { switch (e.kind) { case 'a': return e.n; case 'b': return e.s.length } } tell({ kind: 'b', s: 'xyz' })",
          3,
        ],
        { code: "function bad(e: Ev) { if (e.kind === 'a') return e.s }", errors: ["2339"] },
        { code: "const none: never = { kind: 'a', n: 1 } as Ev", errors: ["2322"] },
      ],
    },
    {
      title: "accessors and static, private and computed members work",
      steps: [
        "class Temp { static #made = 0; static get made() { return Temp.#made } #c = 0; get f() { return this.#c * 2 } set f(v: number) { this.#c = v / 2 } constructor() { Temp.#made++ } ['comp' + 'uted']() { return 1 } }",
        ["const te = new Temp(); te.f = 10; [te.f, Temp.made]", [10, 1]],
      ],
    },
    {
      title: "logical assignment, exponentiation, nullish and optional chains work on earlier variables",
      steps: [
        "let la: { n?: number | null } = {}; let lb: number | undefined",
        ["la.n ??= 2; la.n **= 3; lb ||= 5; lb &&= lb + 1; [la.n, lb, la?.n ?? 0]", [8, 6, 8]],
      ],
    },
    {
      title: "variables that are declared without a value can be assigned later",
      steps: [
        "let pending: string",
        "pending = 'now'",
        ["pending.length", 3],
        "var old: number | undefined",
        ["old ?? 'none'", "none"],
      ],
    },
    {
      title: "a type guard, a type predicate and keyof typeof work on earlier names",
      steps: [
        "const table = { a: 1, b: 2 }; const isKey = (k: string): k is keyof typeof table => k in table",
        ["const given: string = 'b'; isKey(given) ? table[given] : 0", 2],
        { code: "const wrong: keyof typeof table = 'c'", errors: ["2322"] },
      ],
    },
    {
      title: "a variable can be declared several times with var, and a function be overwritten in one cell",
      steps: [
        ["var twice = 1; var twice = 2; twice", 2],
        ["twice", 2],
      ],
    },
    {
      title: "declare const and declare global describe what other code has put there",
      steps: [
        "declare const dc: number",
        "declare global { var gg: number }\nglobalThis.gg = 4",
        ["gg", 4],
        ["globalThis.gg + 1", 5],
      ],
    },
    {
      title: "a tagged template, a regular expression and a division are told apart",
      steps: [["const re = /a\\/b/g; const q = 10 / 2 / 5; 'a/b'.replace(re, `${q}`)", "1"]],
    },
    {
      title: "arguments, new.target and this mean in functions what they mean in JavaScript",
      steps: [
        ["function count2() { return arguments.length } (count2 as any)(1, 2)", 2],
        ["function Made() { return new.target !== undefined } typeof new (Made as any)()", "object"],
        ["({ n: 4, get() { return this.n } }).get()", 4],
      ],
    },
  ],
};
