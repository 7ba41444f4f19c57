import type { Theme } from "../scenario.js";

export const redeclaration: Theme = {
  title: "Declaring again, and what was made before",
  scenarios: [
    {
      title: "a constant can be declared again with another type",
      steps: ["const q = 1", 'const q = "s"', ["q.toUpperCase()", "S"]],
    },
    {
      title: "a function in an earlier cell keeps the variable it was checked with when the type changes",
      steps: ["const k = 1", "const useK = () => k + 1", 'const k = "s"', ["useK()", 2], ["k", "s"]],
    },
    {
      title: "a function in an earlier cell sees the new function when it fits the old one's type",
      steps: [
        "function g() { return 1 }",
        "const useG = () => g()",
        "function g() { return 2 }",
        ["useG()", 2],
      ],
    },
    {
      title: "after a class is declared again, instances of the old one keep its type",
      steps: [
        "class K { x = 1 }; const ok = new K()",
        "class K { y = 2 }",
        ["new K().y", 2],
        ["ok.x", 1],
        { code: "const z: K = ok", errors: ["2741|2739|2322"] },
      ],
    },
    {
      title: "a variable can become a function, a class, an enum, an import and a variable again",
      steps: [
        "let shape = 1",
        "function shape() { return 'f' }",
        ["shape()", "f"],
        "class shape { v = 'c' }",
        ["new shape().v", "c"],
        "enum shape { A = 5 }",
        ["shape.A", 5],
        'import { join as shape } from "node:path"',
        ["shape('a', 'b')", "a/b"],
        "const shape = [1]",
        ["shape.length", 1],
      ],
    },
    {
      title: "a type can be declared again with other members",
      steps: [
        "type Row = { a: number }; const row: Row = { a: 1 }",
        "type Row = { b: string }",
        ["const row2: Row = { b: 'x' }; row2.b", "x"],
        ["row.a", 1],
        { code: "const bad: Row = row", errors: ["2741|2322"] },
      ],
    },
    {
      title: "an enum that is edited and run again replaces the old one",
      steps: [
        "enum Color { Red, Green }",
        "enum Color { Red, Green, Blue }",
        ["Color.Blue", 2],
        ["Color[0]", "Red"],
      ],
    },
    {
      title: "the same cell can run again and again",
      steps: [
        ...Array.from(
          { length: 5 },
          () =>
            "const again = { n: 1 }; function use() { return again.n } class Ag { v = use() } type At = Ag",
        ),
        ["const at: At = new Ag(); at.v", 1],
      ],
    },
    {
      title: "a variable may be made from its own earlier value",
      steps: [
        "const list = [1]",
        "const more = [...list, 2]",
        "const list2 = more; const copy = list",
        ["copy.length + list2.length", 3],
      ],
    },
    {
      title: "a redeclared import takes the place of the old one",
      steps: [
        'import { join as tool } from "node:path"',
        'import { basename as tool } from "node:path"',
        ["tool('/a/b')", "b"],
      ],
    },
    {
      title: "importing the same names again changes nothing",
      steps: [
        'import { z } from "zod"',
        "const A1 = z.string()",
        'import { z } from "zod"',
        ['A1.parse("q") + z.string().parse("r")', "qr"],
      ],
    },
    {
      title: "a function that calls itself goes on calling itself after its redeclaration",
      steps: [
        "function fact(n: number): number { return n <= 1 ? 1 : n * fact(n - 1) }",
        ["fact(5)", 120],
        "function fact(n: number): number { return n <= 1 ? 1 : n + fact(n - 1) }",
        ["fact(5)", 15],
      ],
    },
    {
      title: "a function in an earlier cell sees a variable's redeclaration with the same type",
      steps: [
        "let rate = 2",
        "const pay = (h: number) => h * rate",
        "let rate = 3",
        ["pay(10)", 30],
        "rate = 4",
        ["pay(10)", 40],
      ],
    },
    {
      title:
        "old closures go on with the old variable when its new type differs, and count it up on their own",
      steps: [
        "let hits = 0; const hit = () => ++hits",
        "hit()",
        "let hits = 'none'",
        ["hit()", 2],
        ["hits", "none"],
      ],
    },
    {
      title: "a class derived from one that is declared again stays derived from the old one",
      steps: [
        "class B1 { who() { return 'old' } }",
        "class D2 extends B1 {}",
        "class B1 { who() { return 'new' } }",
        ["new D2().who() + new B1().who()", "oldnew"],
      ],
    },
    {
      title: "a name that hides a global can be declared, used and replaced",
      steps: [
        "const fetch = (n: number) => n + 1",
        ["fetch(1)", 2],
        "const fetch = () => 'mine'",
        ["fetch()", "mine"],
      ],
    },
    {
      title: "the same name twice in one cell is an error",
      steps: [
        { code: "const dup = 1; const dup = 2", errors: ["2451 at 1:7", "2451 at 1:22"] },
        ["const dup = 3; dup", 3],
      ],
    },
    {
      title: "a cell's own later declaration is meant, not the earlier cell's",
      steps: [
        "const tdz = 1",
        { code: "const use = tdz + 1; const tdz = 5", errors: ["2448"] },
        ["function lazily() { return tdz } const tdz = 7; lazily()", 7],
      ],
    },
  ],
};
