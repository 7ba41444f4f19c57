import type { Theme } from "../scenario.js";

export const using: Theme = {
  title: "using",
  scenarios: [
    {
      title: "using disposes at the end of the cell",
      steps: [
        "const log: string[] = []",
        ['using r = { [Symbol.dispose]() { log.push("d") } }; log.push("u"); log.length', 1],
        ["log.join()", "u,d"],
      ],
    },
    {
      title: "await using waits for the disposal before the cell ends",
      steps: [
        "const order: string[] = []",
        "await using r = { async [Symbol.asyncDispose]() { await new Promise((f) => setTimeout(f, 20)); order.push('disposed') } }; order.push('used')",
        ["order.join()", "used,disposed"],
      ],
    },
    {
      title: "using in a block and a function disposes there, last first",
      steps: [
        "const ends: number[] = []; const res = (n: number) => ({ n, [Symbol.dispose]() { ends.push(n) } })",
        ["{ using a = res(1); using b = res(2) } ends.join()", "2,1"],
        ["function work() { using c = res(3); return c.n } work() + ends.length", 6],
      ],
    },
    {
      title: "using disposes when the cell throws, and what cannot be disposed is an error",
      steps: [
        "let closed = false",
        {
          code: "using f = { [Symbol.dispose]() { closed = true } }; throw new Error('half way')",
          throws: /half way/,
        },
        ["closed", true],
        { code: "using no = { a: 1 }", errors: ["2850|2741"] },
      ],
    },
    {
      title: "a DisposableStack disposes what was given to it, where Node has one",
      steps: [
        [
          "typeof (globalThis as any).DisposableStack === 'undefined' || (() => { let n = 0; { using s = new DisposableStack(); s.defer(() => { n++ }) } return n === 1 })()",
          true,
        ],
      ],
    },
  ],
};
