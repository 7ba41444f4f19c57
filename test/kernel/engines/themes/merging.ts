import type { Theme } from "../scenario.js";

export const merging: Theme = {
  title: "Declarations that complete each other",
  files: {
    "node_modules/settled/package.json":
      '{ "name": "settled", "version": "1.0.0", "type": "module", "exports": { ".": { "types": "./index.d.ts", "default": "./index.js" } } }',
    "node_modules/settled/index.js": "export const make = () => ({ base: 1 })",
    "node_modules/settled/index.d.ts":
      "export interface Settings { base: number }\nexport declare function make(): Settings;",
  },
  scenarios: [
    {
      title: "a class and an interface, a function and a namespace merge in one cell",
      steps: [
        [
          "interface Mg { x: number }\nclass Mg { y = 2; constructor() { this.x = 1 } }\nfunction Fn() { return 1 }\nnamespace Fn { export const extra = 5 }\nnew Mg().x + new Mg().y + Fn() + Fn.extra",
          9,
        ],
        ["new Mg().x + new Mg().y + Fn() + Fn.extra", 9],
      ],
    },
    {
      title: "a type can be added to an earlier value of the same name, as with zod",
      steps: [
        "const Foo = { a: 1 }",
        "type Foo = typeof Foo",
        ["const foo: Foo = Foo; foo.a", 1],
        ["Foo.a", 1],
      ],
    },
    {
      title: "a value can be added to an earlier type of the same name",
      steps: [
        "type Bar = { a: number }",
        "const Bar = (a: number): Bar => ({ a })",
        ["const bb: Bar = Bar(2); bb.a", 2],
      ],
    },
    {
      title: "a zod schema and its inferred type share a name",
      steps: [
        'import { z } from "zod"; const User = z.object({ name: z.string(), age: z.number().optional() })',
        "type User = z.infer<typeof User>",
        ["const u: User = User.parse({ name: 'Ann' }); u.name", "Ann"],
        { code: "const bad: User = { name: 1 }", errors: ["2322"] },
      ],
    },
    {
      title: "two interfaces of one name merge in one cell",
      steps: [
        [
          "interface M1 { a: number } interface M1 { b: string } const m1: M1 = { a: 1, b: 'x' }; m1.a + m1.b",
          "1x",
        ],
        ["m1.b", "x"],
      ],
    },
    {
      title: "an interface in a later cell adds its members to the earlier one",
      steps: [
        "interface Opts { a: number }",
        "interface Opts { b?: string }",
        ["const opts: Opts = { a: 1, b: 'x' }; opts.b", "x"],
        { code: "const without: Opts = { b: 'x' }", errors: ["2741"] },
      ],
    },
    {
      title: "an interface that is edited and run again replaces the earlier one",
      steps: [
        "interface Edited { a: number; b: number }",
        "interface Edited { a: string }",
        ["const ed: Edited = { a: 'x' }; ed.a", "x"],
      ],
    },
    {
      title: "an interface adds to the class of an earlier cell",
      steps: [
        "class Pt { x = 1 }",
        "interface Pt { label?: string }",
        ["const pt = new Pt(); pt.label = 'p'; pt.label + pt.x", "p1"],
      ],
    },
    {
      title: "a namespace adds to the function of an earlier cell",
      steps: [
        "function area(w: number) { return w * 2 }",
        "namespace area { export const unit = 'm' }",
        ["area(2) + area.unit", "4m"],
      ],
    },
    {
      title: "a namespace in a later cell adds to the earlier one",
      steps: [
        "namespace Kit { export const a = 1 }",
        "namespace Kit { export const b = a + 1; export type T = number }",
        ["const t: Kit.T = Kit.a + Kit.b; t", 3],
      ],
    },
    {
      title: "enums of one name merge in one cell",
      steps: [["enum En { A } enum En { B = 1 } En.B + En[0]", "1A"]],
    },
    {
      title: "declare global adds to the interfaces of the library",
      steps: [
        "declare global { interface Array<T> { lastOne(): T | undefined } }\nArray.prototype.lastOne = function () { return this[this.length - 1] }",
        ["[1, 2].lastOne()", 2],
        "delete (Array.prototype as any).lastOne",
      ],
    },
    {
      title: "a module augmentation adds to a package's types, in its cell and in later ones",
      steps: [
        [
          'import { make, type Settings } from "settled"; declare module "settled" { interface Settings { extra?: string } }\nconst st: Settings = make(); st.extra = "e"; st.extra',
          "e",
        ],
        ["const st2: Settings = { base: 1, extra: 'f' }; st2.extra", "f"],
        { code: "const st3: Settings = { base: 1, extra: 5 }", errors: ["2322"] },
      ],
    },
    {
      title: "a cell with declare global can be edited and run again",
      steps: [
        "declare global { interface Registry { [name: string]: number; a: number } var reg: Registry }\nglobalThis.reg = { a: 1 }",
        "declare global { interface Registry { [name: string]: number; a: number } var reg: Registry }\nglobalThis.reg = { a: 2 }",
        ["reg.a", 2],
      ],
    },
    {
      title: "a type that stands beside a redeclared value stays with it",
      steps: [
        "const Level = { low: 1 } as const; type Level = keyof typeof Level",
        ["const lv: Level = 'low'; Level[lv]", 1],
        "const Level = { low: 1, high: 2 } as const; type Level = keyof typeof Level",
        ["const lv2: Level = 'high'; Level[lv2]", 2],
      ],
    },
  ],
};
