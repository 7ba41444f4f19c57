import type { Theme } from "../scenario.js";

const esModule = { version: "1.0.0", type: "module" };

/** A package in `node_modules/`. */
function pack(name: string, json: object, files: Readonly<Record<string, string>>): Record<string, string> {
  const inside = Object.entries(files).map(([path, text]) => [`node_modules/${name}/${path}`, text]);
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: "1.0.0", ...json }),
    ...(Object.fromEntries(inside) as Record<string, string>),
  };
}

const late = pack(
  "newpkg",
  { ...esModule, exports: { ".": { types: "./i.d.ts", default: "./i.js" } } },
  {
    "i.d.ts": "export declare const nu: number",
    "i.js": "export const nu = 5",
  },
);

export const packages: Theme = {
  title: "Importing packages",
  files: {
    "pkg.json": '{ "a": 7, "list": ["x"] }',
    ...pack(
      "classic",
      { main: "index.js", types: "index.d.ts" },
      {
        "index.js":
          "exports.satisfies = (v, range) => v.startsWith(range); exports.major = (v) => Number(v.split('.')[0]);",
        "index.d.ts":
          "declare const classic: { satisfies(v: string, range: string): boolean; major(v: string): number }; declare namespace classic { interface Options { loose?: boolean } } export = classic;",
      },
    ),
    ...pack(
      "modern",
      {
        ...esModule,
        exports: {
          ".": { types: "./index.d.ts", import: "./index.js" },
          "./extra": { types: "./extra.d.ts", import: "./extra.js" },
        },
      },
      {
        "index.js":
          "export const answer = await Promise.resolve(42); export default class Thing { name = 'thing' }; export let count = 0; export const up = () => ++count;",
        "index.d.ts":
          "export declare const answer: number; export default class Thing { name: string }; export declare let count: number; export declare const up: () => number;",
        "extra.js": "export const extra = 'more'",
        "extra.d.ts": "export declare const extra: string",
      },
    ),
    ...pack("untyped", { main: "index.js" }, { "index.js": "exports.loose = () => 'loose'" }),
    ...pack("@scope/untyped", { main: "index.js" }, { "index.js": "exports.loose = () => 'scoped'" }),
    ...pack(
      "broken-types",
      { main: "index.js", types: "index.d.ts" },
      {
        "index.js": "exports.fine = 3; exports.named = 'n'",
        "index.d.ts":
          "export declare const fine: number;\nexport declare const wrong: NoSuchType;\nexport declare const named: string;\nexport declare const open: { a: ",
      },
    ),
    ...pack(
      "missing-types",
      { main: "index.js", types: "nowhere.d.ts" },
      { "index.js": "exports.there = 1" },
    ),
    ...pack(
      "broken-code",
      { main: "index.js", types: "index.d.ts" },
      {
        "index.js": "throw new RangeError('cannot start')",
        "index.d.ts": "export declare const never: number;",
      },
    ),
    ...pack(
      "@types/only-types",
      { types: "index.d.ts" },
      { "index.d.ts": "export interface Point { x: number; y: number }" },
    ),
  },
  scenarios: [
    {
      title: "a named import is there in later cells, with its types",
      steps: [
        'import { join } from "node:path"',
        ['join("a", "b")', "a/b"],
        { code: "join(1)", errors: ["2345 at 1:6"] },
      ],
    },
    {
      title: "default, namespace, renamed and type imports work",
      steps: [
        'import fs from "node:fs"; import * as p from "node:path"; import { sep as SEP, type ParsedPath } from "node:path"; import type { Stats } from "node:fs"',
        [
          'const pp: ParsedPath = p.parse("/a/b.c"); [typeof fs.readFileSync, pp.ext, SEP]',
          ["function", ".c", "/"],
        ],
        "let st: Stats | undefined",
      ],
    },
    {
      title: "a CommonJS package is imported by default and by name",
      steps: [
        'import classic, { satisfies } from "classic"',
        ['[satisfies("1.2.3", "1."), classic.major("2.0.0")]', [true, 2]],
        "const options: classic.Options = { loose: true }",
        { code: "const options2: classic.Options = { loose: 1 }", errors: ["2322"] },
      ],
    },
    {
      title: "an ES module with top-level await is imported, and its variables stay live",
      steps: [
        'import Thing, { answer, count, up } from "modern"',
        ["[answer, new Thing().name]", [42, "thing"]],
        ["up(); count", 1],
        ["const t: Thing = new Thing(); t.name", "thing"],
      ],
    },
    {
      title: "what a package names in exports only is found, subpaths too, and what it does not name is not",
      steps: [
        ['import { extra } from "modern/extra"; extra', "more"],
        { code: 'import { extra } from "modern/extra.js"', errors: ["2307"] },
      ],
    },
    {
      title: "import() works with names known and made up at run time",
      steps: [
        ['const m = await import("zod"); typeof m.z.object', "function"],
        ["const spec = 'mod' + 'ern'; (await import(spec)).answer", 42],
      ],
    },
    {
      title: "an unknown package is an error at its name, and the session goes on",
      steps: [
        {
          code: 'import { nope } from "no-such-package"',
          errors: ["2307 at 1:22"],
          says: /npm install no-such-package/,
        },
        ["1", 1],
      ],
    },
    {
      title: "a name that a package does not have is an error at the name",
      steps: [
        { code: 'import { answr } from "modern"', errors: ["2305|2724 at 1:10"], says: /answr/ },
        'import { answer } from "modern"',
        ["answer", 42],
      ],
    },
    {
      title: "a JSON file is imported, with its type",
      steps: [
        'import pj from "./pkg.json"',
        ["pj.a + pj.list[0]!", "7x"],
        { code: "pj.b", errors: ["2339|2551"] },
      ],
    },
    {
      title: "import attributes are accepted",
      steps: [['import data from "./pkg.json" with { type: "json" }; data.a', 7]],
    },
    {
      title: "import.meta says where the notebook is",
      steps: [
        ["typeof import.meta.url", "string"],
        ["import.meta.dirname === (globalThis as any).process.cwd()", true],
        ["import.meta.resolve('node:fs')", "node:fs"],
      ],
    },
    {
      title: "require works",
      steps: [
        ['require("fs").existsSync("/")', true],
        ['require("classic").major("3.1")', 3],
        ['typeof require.resolve("classic")', "string"],
      ],
    },
    {
      title: "a package that is installed between two cells is found by the second",
      steps: [
        { code: 'import { nu } from "newpkg"', errors: ["2307"] },
        { write: late },
        ['import { nu } from "newpkg"; nu', 5],
        { code: "nu.length", errors: ["2339"] },
      ],
    },
    {
      title: "a package without types runs, and its types can be had with the hint",
      steps: [
        {
          code: 'import { loose } from "untyped"; console.log(loose())',
          prints: "loose\n",
          warns: /@types\/untyped/,
        },
      ],
    },
    {
      title: "the hint names the types of a scoped package as npm does",
      steps: [
        {
          code: 'import { loose } from "@scope/untyped"; console.log(loose())',
          prints: "scoped\n",
          warns: /@types\/scope__untyped/,
        },
      ],
    },
    {
      title: "a package with broken types is usable: what can be read of them counts",
      steps: [
        ['import { fine, named } from "broken-types"; [fine, named]', [3, "n"]],
        ["fine + 1", 4],
      ],
    },
    {
      title: "a package whose types are not where it says is taken without types",
      steps: [['import { there } from "missing-types"; there', 1]],
    },
    {
      title: "a package that throws while it loads fails the cell with its own error, and later cells run",
      steps: [
        { code: 'import { never } from "broken-code"; never', throws: /RangeError: cannot start/ },
        ["2", 2],
      ],
    },
    {
      title: "types of a package that has nothing but types are imported as types",
      steps: [
        'import type { Point } from "only-types"',
        ["const pt: Point = { x: 1, y: 2 }; pt.x", 1],
        { code: "const bad: Point = { x: 1 }", errors: ["2741"] },
      ],
    },
    {
      title: "an import that only types are made of loads nothing",
      steps: ['import { type Point } from "only-types"; const p0: Point = { x: 0, y: 0 }', ["p0.x", 0]],
    },
    {
      title:
        "a package that has nothing but types may be imported like any other where no value of it is used",
      steps: [
        'import { Point } from "only-types"; const p1: Point = { x: 1, y: 0 }',
        ["p1.x", 1],
        ["const p2: Point = { x: 2, y: 0 }; p2.x", 2],
      ],
    },
    {
      title: "zod and the SDK are there without installation, typed",
      steps: [
        ['import { z } from "zod"; z.object({ a: z.number() }).parse({ a: 1 })', { a: 1 }],
        { code: "z.object({ a: z.number() }).parse({}).b", errors: ["2339"] },
        ['import { query } from "claude-notebook"; typeof query', "function"],
        { code: "query(42)", errors: ["2345|2769"] },
      ],
    },
    {
      title: "the names that every cell has are typed",
      steps: [
        ["typeof display", "function"],
        [
          "[typeof query, typeof render_markdown, typeof input, typeof clearOutput]",
          ["function", "function", "function", "function"],
        ],
        { code: "clearOutput('now')", errors: ["2345"] },
      ],
    },
    {
      title: "tslab's display functions can be imported",
      steps: [
        'import * as tslab from "tslab"',
        ["typeof tslab.display.html", "function"],
        "tslab.display.html('<b>x</b>')",
      ],
    },
    {
      title: "an import inside a cell's text is no import",
      steps: [
        ["`import { nope } from 'no-such-package'`.length", 38],
        ["// import x from 'nowhere'\n1", 1],
      ],
    },
    {
      title: "an imported name cannot be assigned, and hides nothing in inner scopes",
      steps: [
        'import { sep } from "node:path"',
        { code: "sep = 'x'", errors: ["2588|2632|2540"] },
        ["((sep: number) => sep + 1)(1)", 2],
        ["sep", "/"],
      ],
    },
    {
      title: "a re-exported namespace and an import for its effect run",
      steps: ['import "modern"', 'export * as everything from "modern"', ["1", 1]],
    },
  ],
};
