import type { Theme } from "../scenario.js";

export const localModules: Theme = {
  title: "Importing files of the notebook's folder",
  files: {
    "a.ts": 'import { y } from "./b"; export const x: number = y + 1',
    "b.ts": "export const y: number = 41",
    "loc.ts": "export const v: number = 1",
    "deep.ts": 'export { inner } from "./deeper/base"',
    "deeper/base.ts": "export const inner: string = 'first'",
    "ring-a.ts":
      'import { b } from "./ring-b"; export const a = (): string => "a" + b(); export const name = "ring"',
    "ring-b.ts": 'import { name } from "./ring-a"; export const b = (): string => "b" + name',
    "wrong.ts": "export const fine = 1;\nexport const bad: string = 5;",
    "syntax.ts": "export const x = ;",
    "throws.ts":
      "export const before = 1;\nfunction fail(): never {\n  throw new Error('in a file');\n}\nexport const value: number = fail();",
    "all.ts":
      "export enum Mode { On = 1, Off } export namespace Space { export const n = 2 } export class Box<T> { constructor(readonly v: T) {} } export type Id = string; export default function make(id: Id) { return new Box(id) }",
    "plain.js": "export const js = 'js'; export function add(a, b) { return a + b }",
    "common.cjs": "module.exports = { fromCjs: 1 }",
    "esm.mts": "export const mts: number = await Promise.resolve(6)",
    "folder/index.ts": "export const indexed = 'by folder'",
    "types.d.ts": "export interface Declared { d: number }",
    "view.tsx":
      "declare namespace React { function createElement(tag: string, props: unknown, ...kids: unknown[]): string }\ndeclare global { namespace JSX { interface IntrinsicElements { [name: string]: unknown } } }\nexport const tag = 'tsx'",
  },
  scenarios: [
    {
      title: "a file is imported with what it imports, and checked",
      steps: [['import { x } from "./a"; x', 42], { code: "x.length", errors: ["2339"] }],
    },
    {
      title: "a file is imported with its ending too, and by import()",
      steps: [
        ['import { y } from "./b.ts"; y', 41],
        ['(await import("./b.ts")).y', 41],
      ],
    },
    {
      title: "a file that has changed is read again by the next import, types and values",
      steps: [
        ['import { v } from "./loc"; v', 1],
        { write: { "loc.ts": 'export const v: string = "new"' } },
        ['import { v } from "./loc"; v.toUpperCase()', "NEW"],
      ],
    },
    {
      title: "a file that another file imports is read again when it has changed",
      steps: [
        ['import { inner } from "./deep"; inner', "first"],
        { write: { "deeper/base.ts": "export const inner: string = 'second'" } },
        ['import { inner } from "./deep"; inner', "second"],
      ],
    },
    {
      title: "a file that did not change is not run again",
      steps: [
        {
          write: {
            "once.ts":
              "(globalThis as any).onceRuns = ((globalThis as any).onceRuns ?? 0) + 1; export const runs: number = (globalThis as any).onceRuns",
          },
        },
        ['import { runs } from "./once"; runs', 1],
        ['import { runs as again } from "./once"; again', 1],
      ],
    },
    {
      title: "files keep their state when another file is imported for the first time or has changed",
      steps: [
        {
          write: {
            "tally.ts": "let n = 0; export const tally = (): number => ++n",
            "over.ts": "import { tally } from './tally'; export const over = (): number => 10 * tally()",
            "apart.ts": "export const apart: number = 1",
          },
        },
        ['import { tally } from "./tally"; import { over } from "./over"; [tally(), over()]', [1, 20]],
        ['import { apart } from "./apart"; apart', 1],
        ['import { tally as t2 } from "./tally"; t2()', 3],
        { write: { "apart.ts": "export const apart: number = 2" } },
        ['import { apart } from "./apart"; [apart, (await import("./tally")).tally()]', [2, 4]],
        {
          write: { "over.ts": "import { tally } from './tally'; export const over = (): number => -tally()" },
        },
        ['import { over } from "./over"; import { tally } from "./tally"; [over(), tally()]', [-5, 6]],
        { write: { "tally.ts": "let n = 100; export const tally = (): number => ++n" } },
        ['import { over } from "./over"; import { tally } from "./tally"; [over(), tally()]', [-101, 102]],
      ],
    },
    {
      title: "a file that is written after a cell missed it is found",
      steps: [
        { code: 'import { soon } from "./soon"', errors: ["2307 at 1:22"] },
        { write: { "soon.ts": "export const soon = 'here'" } },
        ['import { soon } from "./soon"; soon', "here"],
      ],
    },
    {
      title: "a file whose path is made up at run time is imported: new, changed, and wrong",
      steps: [
        { write: { "late.ts": "export const late: number = 1" } },
        ['const lateFile = "./la" + "te.ts"; (await import(lateFile)).late', 1],
        { write: { "late.ts": "export const late: string = 'two'" } },
        ["(await import(lateFile)).late", "two"],
        { write: { "late.ts": "export const late: string = 3" } },
        { code: "(await import(lateFile)).late", errors: ["2322 at 1:14"], says: /late\.ts:1:14/ },
      ],
    },
    {
      title: "files that import each other in a circle work",
      steps: [['import { a } from "./ring-a"; a()', "abring"]],
    },
    {
      title: "a type error in a file is told with the file's name and place",
      steps: [
        { code: 'import { fine } from "./wrong"; fine', errors: ["2322 at 2:14"], says: /wrong\.ts:2:14/ },
      ],
    },
    {
      title: "a file that does not parse is told with its place",
      steps: [
        { code: 'import { x } from "./syntax"; x', errors: ["1109 at 1:18"], says: /syntax\.ts:1:18/ },
        ["1", 1],
      ],
    },
    {
      title: "what a file throws is shown with the place in the file",
      steps: [
        { code: 'import { value } from "./throws"; value', throws: /in a file/, traceback: /throws\.ts:3:9/ },
      ],
    },
    {
      title: "enums, namespaces, generic classes, types and the default of a file are imported",
      steps: [
        'import make, { Mode, Space, Box, type Id } from "./all"',
        ["const id: Id = 'i'; [Mode.Off, Mode[1], Space.n, make(id).v, new Box(3).v]", [2, "On", 2, "i", 3]],
        { code: "make(5)", errors: ["2345"] },
      ],
    },
    {
      title: "JavaScript files, modules and CommonJS, are imported",
      steps: [
        ['import { js, add } from "./plain.js"; [js, add(1, 2)]', ["js", 3]],
        ['import common from "./common.cjs"; (common as any).fromCjs', 1],
      ],
    },
    {
      title: "a file with top-level await is imported",
      steps: [['import { mts } from "./esm.mjs"; mts', 6]],
    },
    {
      title: "a folder with an index is imported by the folder's name",
      steps: [['import { indexed } from "./folder"; indexed', "by folder"]],
    },
    {
      title: "a declaration file is imported for its types",
      steps: ['import type { Declared } from "./types"', ["const d: Declared = { d: 1 }; d.d", 1]],
    },
    { title: "a .tsx file is imported", steps: [['import { tag } from "./view"; tag', "tsx"]] },
    {
      title: "functions of a file work in later cells and keep the file's own variables",
      steps: [
        { write: { "counter.ts": "let n = 0; export const up = (): number => ++n; export { n as count }" } },
        'import { up, count } from "./counter"',
        ["up(); up()", 2],
        ["count", 2],
      ],
    },
  ],
};
