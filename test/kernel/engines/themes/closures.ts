import type { Theme } from "../scenario.js";

export const closures: Theme = {
  title: "Functions and what they see",
  scenarios: [
    {
      title: "an earlier value can initialise a variable that an inner block hides",
      steps: ["const lv = 1", ["[1].map(() => { const lv2 = lv; { const lv = 5; return lv + lv2 } })[0]", 6]],
    },
    {
      title: "a function of one cell and a function of another share a variable",
      steps: [
        "let shared = 0; const add = (n: number) => { shared += n }",
        "const sub = (n: number) => { shared -= n }; const read = () => shared",
        ["add(5); sub(2); read()", 3],
        ["shared", 3],
      ],
    },
    {
      title: "each turn of a loop has its own variable",
      steps: [
        "const fns: (() => number)[] = []; for (let i = 0; i < 3; i++) fns.push(() => i)",
        ["fns.map((f) => f())", [0, 1, 2]],
      ],
    },
    {
      title: "a class of an earlier cell sees variables that later cells assign",
      steps: [
        "let unit = 'px'; class Size { constructor(readonly n: number) {} toString() { return this.n + unit } }",
        "unit = 'em'",
        ["String(new Size(2))", "2em"],
      ],
    },
    {
      title: "a listener in an earlier cell changes what later cells see",
      steps: [
        'import { EventEmitter } from "node:events"',
        "const bus = new EventEmitter(); let heard: string[] = []; bus.on('say', (t: string) => heard.push(t))",
        ["bus.emit('say', 'a'); heard", ["a"]],
        "heard = []",
        ["bus.emit('say', 'b'); heard", ["b"]],
      ],
    },
    {
      title: "default parameters read the variable of the moment",
      steps: ["let step = 1; const next = (n: number, by = step) => n + by", "step = 10", ["next(1)", 11]],
    },
    {
      title: "mutual recursion works in a cell and over two",
      steps: [
        [
          "const even = (n: number): boolean => n === 0 || odd(n - 1); const odd = (n: number): boolean => n !== 0 && even(n - 1); even(10)",
          true,
        ],
        "let back: (n: number) => number = (n) => n",
        "const forth = (n: number): number => (n > 3 ? n : back(n + 1))",
        "back = (n) => forth(n)",
        ["forth(0)", 4],
      ],
    },
    {
      title: "getters and setters on an object reach variables of an earlier cell",
      steps: [
        "let stored = 1; const box = { get v() { return stored }, set v(n: number) { stored = n } }",
        ["box.v = 7; stored", 7],
        ["stored = 8; box.v", 8],
      ],
    },
    {
      title: "a generator that has begun goes on in later cells",
      steps: [
        "let limit = 3; function* upTo() { for (let i = 0; i < limit; i++) yield i } const run = upTo(); run.next()",
        "limit = 2",
        ["[...run]", [1]],
      ],
    },
    {
      title: "names inside eval, with and string code are left alone",
      steps: ["const secret = 1", ["new Function('return typeof secret')()", "undefined"]],
    },
  ],
};
