// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are those of the cells
import type { Theme } from "../scenario.js";

const generated = /^__(?!(?:filename|dirname|proto__)$)/;

export const completion: Theme = {
  title: "Completion",
  files: {
    "helper.ts":
      "/** Doubles. */\nexport const double = (n: number): number => 2 * n;\nexport interface HelperOptions { deep: boolean }",
    "node_modules/toolbox/package.json":
      '{ "name": "toolbox", "version": "1.0.0", "type": "module", "exports": { ".": { "types": "./index.d.ts", "default": "./index.js" } } }',
    "node_modules/toolbox/index.js": "export const hammerNail = () => 1; export const sawPlank = 2",
    "node_modules/toolbox/index.d.ts":
      "/** Hits it. */\nexport declare const hammerNail: () => number;\nexport declare const sawPlank: number;",
    "package.json": '{ "name": "notebook", "dependencies": { "toolbox": "1.0.0" } }',
  },
  scenarios: [
    {
      title: "members of an earlier value are offered",
      steps: [
        'const person = { name: "x", age: 1 }',
        { complete: "person.‸", offers: ["name", "age"], never: generated, replaces: "" },
        { complete: "person.na‸", offers: ["name"], replaces: "na" },
      ],
    },
    {
      title: "names of the session, of the function around and of the library are offered",
      steps: [
        "const sessionVar = 1; class SessionCls {}",
        {
          complete: "function q(localVar: number) { const z = ‸; }",
          offers: ["sessionVar", "localVar", "SessionCls", "console", "Math"],
          never: generated,
        },
        { complete: "sessionV‸", offers: ["sessionVar"], never: /^(?!sessionV)/i, replaces: "sessionV" },
      ],
    },
    {
      title: "code that does not parse yet gets completions too",
      steps: [
        'const person2 = { name: "x" }',
        { complete: "if (person2.na‸", offers: ["name"] },
        { complete: "foo(person2.‸", offers: ["name"] },
        { complete: "const r = { a: person2.‸", offers: ["name"] },
        { complete: "person2.\n‸", offers: ["name"] },
        { complete: "class X { m() { for (const a of [person2]) { a.‸", offers: ["name"] },
      ],
    },
    {
      title: "members of something that the same cell imports are offered",
      steps: [{ complete: 'import { z } from "zod"; z.obj‸', offers: ["object"], replaces: "obj" }],
    },
    {
      title: "keys of an object and strings that a type allows are offered",
      steps: [
        'interface Opt { mode: "fast" | "slow"; level?: number }; function go(o: Opt) {}',
        { complete: "go({ ‸", offers: ["mode", "level"] },
        { complete: 'go({ mode: "‸" })', offers: ["fast", "slow"] },
        { complete: "const o: Opt = { mode: 'fast', ‸ }", offers: ["level"], never: /^mode$/ },
      ],
    },
    {
      title: "strings are offered in comparisons, arguments and element access",
      steps: [
        "type Dir = 'north' | 'south'; let dir: Dir = 'north'; const walk = (d: Dir) => d; const rec = { 'first-key': 1, second: 2 }",
        { complete: "dir === '‸'", offers: ["north", "south"] },
        { complete: "walk('so‸')", offers: ["south"], replaces: "so" },
        { complete: "rec['‸']", offers: ["first-key", "second"] },
      ],
    },
    {
      title: "names of packages, of Node's modules and of files are offered in an import",
      steps: [
        { complete: 'import { x } from "tool‸"', offers: ["toolbox"] },
        { complete: 'import fs from "node:f‸"', offers: ["node:fs"] },
        { complete: 'import { x } from "./‸"', offers: ["./helper"] },
      ],
    },
    {
      title: "names that a module exports are offered in an import's braces",
      steps: [
        { complete: 'import { ‸ } from "toolbox"', offers: ["hammerNail", "sawPlank"] },
        { complete: 'import { joi‸ } from "node:path"', offers: ["join"], replaces: "joi" },
        { complete: 'import { double, ‸ } from "./helper"', offers: ["HelperOptions"], never: /^double$/ },
      ],
    },
    {
      title: "an exported name of an installed package is offered where no import names it",
      steps: [{ complete: "hammerN‸", offers: ["hammerNail"] }],
    },
    {
      title: "types are offered where a type stands",
      steps: [
        "interface Customer { id: number } type CustomerId = Customer['id']",
        { complete: "let c: Custom‸", offers: ["Customer", "CustomerId"] },
        { complete: "let m: Map<string, Cust‸", offers: ["Customer"] },
      ],
    },
    {
      title: "members of a namespace, an enum and a class are offered",
      steps: [
        "namespace Nm { export const inside = 1 } enum En { First, Second } class Cl { static make() {} own = 1; private hidden = 2 }",
        { complete: "Nm.‸", offers: ["inside"] },
        { complete: "En.‸", offers: ["First", "Second"] },
        { complete: "Cl.‸", offers: ["make"] },
        { complete: "new Cl().‸", offers: ["own"], never: /^hidden$/ },
      ],
    },
    {
      title: "after an optional value its members are offered",
      steps: [
        "const opt: { deep: number } | undefined = undefined as any",
        { complete: "opt?.‸", offers: ["deep"] },
      ],
    },
    {
      title: "a name that the cell itself declares is offered, above and below",
      steps: [
        { complete: "const ownName = 1;\nown‸", offers: ["ownName"] },
        { complete: "belo‸\nfunction belowIt() {}", offers: ["belowIt"] },
      ],
    },
    {
      title: "the place counts in characters, also after emoji",
      steps: [
        "const smile = { grin: 1 }",
        { complete: "'😀😀'; smile.gr‸", offers: ["grin"], replaces: "gr" },
      ],
    },
    {
      title: "in a comment and in plain text nothing is offered",
      steps: [
        { complete: "// some‸", offers: [], never: /./ },
        { complete: "'plain tex‸'", offers: [], never: /./ },
      ],
    },
    {
      title: "after a redeclaration the members are those of the new value",
      steps: [
        "const thing = { oldMember: 1 }",
        "const thing = { newMember: 1 }",
        { complete: "thing.‸", offers: ["newMember"], never: /^oldMember$/ },
      ],
    },
    {
      title: "completion in an empty cell offers the session's names",
      steps: ["const visible = 1", { complete: "‸", offers: ["visible", "console"] }],
    },
    {
      title: "the names that every cell has are offered",
      steps: [
        { complete: "displ‸", offers: ["display", "display_claude_response"] },
        { complete: "quer‸", offers: ["query"] },
      ],
    },
  ],
};

export const inspection: Theme = {
  title: "Inspection and signature help",
  scenarios: [
    {
      title: "the signature and the documentation of an earlier function are shown",
      steps: [
        "/** Adds.\n * @param a first */\nfunction add(a: number, b = 2): number { return a + b }",
        { inspect: "a‸dd(1)", shows: /add\(a: number, b\?: number\): number[\s\S]*Adds/ },
        { inspect: "add‸", shows: /add\(a: number/ },
      ],
    },
    {
      title: "library functions show what they do",
      steps: [
        { inspect: "Math.flo‸or(1)", shows: /floor\(x: number\): number[\s\S]*greatest integer/ },
        { inspect: "[1].map‸", shows: /map<U>[\s\S]*[Cc]alls a defined callback/ },
      ],
    },
    {
      title: "variables, classes, types, enums and imports show what they are",
      steps: [
        "let count = 1; const list = ['a']; class Animal { legs = 4 } interface Food { kcal: number } type Id = string | number; enum Mode { On } import { join } from 'node:path'",
        { inspect: "coun‸t", shows: /count: number/ },
        { inspect: "li‸st", shows: /list: string\[\]/ },
        { inspect: "new Anim‸al()", shows: /Animal/ },
        { inspect: "let f: Foo‸d", shows: /interface Food/ },
        { inspect: "let i: I‸d", shows: /type Id = string \| number/ },
        { inspect: "Mo‸de.On", shows: /enum Mode/ },
        { inspect: "joi‸n('a')", shows: /join[\s\S]*\(\.\.\.paths: string\[\]\): string/ },
      ],
    },
    {
      title: "members show their type and documentation",
      steps: [
        "const cfg = { /** How many. */ size: 3, deep: { on: true } }",
        { inspect: "cfg.si‸ze", shows: /size: number[\s\S]*How many/ },
        { inspect: "cfg.deep.o‸n", shows: /on: boolean/ },
      ],
    },
    {
      title: "a literal constant shows its literal type, and no name that the engine made up stands in it",
      steps: [
        "const mode = 'fast'; class Own {} const made = new Own(); const fn = (o: Own) => [o]",
        { inspect: "mod‸e", shows: /mode: "fast"/ },
        { inspect: "mad‸e", shows: /made: Own$/m },
        { inspect: "f‸n", shows: /fn: \(o: Own\) => Own\[\]/ },
      ],
    },
    {
      title: "between the parentheses of a call the signature is shown",
      steps: [
        "/** Adds up. */ function addUp(first: number, second: number) { return first + second }",
        { inspect: "addUp(‸", shows: /addUp\(first: number, second: number\): number/ },
        { inspect: "addUp(1, ‸)", shows: /addUp\(first: number, second: number\): number/ },
        { inspect: "addUp(1, ‸)", shows: /Adds up/ },
      ],
    },
    {
      title: "signature help shows overloads, constructors and methods",
      steps: [
        "function pick(a: string): string; function pick(a: number, b: number): number; function pick(...a: unknown[]): unknown { return a[0] } class Pt { constructor(x: number, y: number) {} }",
        {
          inspect: "pick(‸)",
          shows:
            /pick\(a: string\): string[\s\S]*pick\(a: number, b: number\): number|pick\(a: string\): string[\s\S]*\+1 overload/,
        },
        { inspect: "new Pt(1, ‸)", shows: /Pt\(x: number, y: number\)/ },
        { inspect: "'abc'.slice(‸)", shows: /slice\(start\?: number, end\?: number\): string/ },
      ],
    },
    {
      title: "a nested call shows the inner function's signature",
      steps: [
        "const outer = (o: string) => o; const inner = (i: number) => String(i)",
        { inspect: "outer(inner(‸))", shows: /inner\(i: number\)|inner: \(i: number\)/ },
      ],
    },
    {
      title: "where nothing stands nothing is found",
      steps: [
        { inspect: "‸", shows: undefined },
        { inspect: "1 + ‸ 2", shows: undefined },
        { inspect: "// com‸ment", shows: undefined },
      ],
    },
    {
      title: "the cell's own names are shown before it has run",
      steps: [{ inspect: "const fresh = { a: 1 };\nfre‸sh", shows: /fresh: \{\s*a: number;?\s*\}/ }],
    },
    {
      title: "a name of zod and of the SDK shows its type",
      steps: [
        'import { z } from "zod"',
        { inspect: "z.strin‸g()", shows: /string/ },
        { inspect: "quer‸y", shows: /query/ },
      ],
    },
  ],
};

export const isComplete: Theme = {
  title: "Whether a console runs the code",
  scenarios: [
    {
      title: "whole statements are complete",
      steps: [
        "1 + 1",
        "const a = 1",
        "function f() { return 1 }",
        "if (true) { 5 }",
        "f()",
        "class A {}",
        "await x",
        "`a${1}`",
        "// c",
        "/* c */",
        "x => x",
        "a\n",
        "import a from 'b'",
        "type A = { a: 1 }",
        "using r = f()",
        "@dec class A {}",
        "<T>(x: T) => x",
      ].map((code) => ({ isComplete: code, status: "complete" as const })),
    },
    {
      title: "what is still open is incomplete",
      steps: [
        "function f() {",
        "const a = [",
        "foo(",
        "if (x) {",
        "const t = `abc",
        "/* abc",
        "class A {\n  m() {",
        "const a =",
        "1 +",
        "x =>",
        "({ a: 1",
        "type A = {",
        "import {",
        "for (const a of b) {",
        "export const x = {",
        "a.b.",
        "async () => {",
        "enum E {",
        "switch (x) {\n  case 1:",
        "const s = 'a\\",
      ].map((code) => ({ isComplete: code, status: "incomplete" as const })),
    },
    {
      title: "what can never be right is invalid",
      steps: ["const = 5", ")", "1 + }", "foo bar", "let 1x = 2", "const a = 'b\nc", "function (", "}{"].map(
        (code) => ({ isComplete: code, status: "invalid" as const }),
      ),
    },
    {
      title: "the next line is indented as deep as what is open",
      steps: [
        { isComplete: "function f() {", status: "incomplete", indent: "  " },
        { isComplete: "if (a) {\n  if (b) {", status: "incomplete", indent: "    " },
        { isComplete: "const t = `abc", status: "incomplete", indent: "" },
      ],
    },
  ],
};
