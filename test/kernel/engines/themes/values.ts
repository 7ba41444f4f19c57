// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are those of the cells
import type { Theme } from "../scenario.js";

export const values: Theme = {
  title: "The value of a cell",
  scenarios: [
    {
      title: "the value of the last expression is shown, and of a statement none",
      steps: [
        ["1 + 1", 2],
        ['"a"', "a"],
        ["({ a: 1 })", { a: 1 }],
        ["null", null],
        ["if (true) { 5 }", undefined],
        ["x: 3", undefined],
      ],
    },
    {
      title: "a comment or an empty line after the last expression changes nothing",
      steps: [
        ["1 + 2 // c\n", 3],
        ["5 /* x */", 5],
        ["\n\n6\n\n// end\n\n", 6],
      ],
    },
    {
      title: "a semicolon after the last expression keeps its value from being shown, as in IPython",
      steps: [
        ["1;", undefined],
        ["5; // c", undefined],
        ["let quiet = 2; quiet", 2],
      ],
    },
    {
      title: "a declaration after an expression leaves the cell without a value",
      steps: [
        ["1\ninterface Q1 {}", undefined],
        ["1\nconst after = 2", undefined],
        ["after", 2],
      ],
    },
    {
      title: "cells that are empty or hold comments only run",
      steps: [
        ["", undefined],
        ["// hi", undefined],
        ["/* x */", undefined],
        ["\n \t\n", undefined],
        ["1", 1],
      ],
    },
    {
      title: "a promise is shown as a promise, not awaited",
      steps: [["Promise.resolve(42) instanceof Promise", true]],
    },
    {
      title: "an assignment, a comma, a conditional and a template are values",
      steps: [
        "let v = 1",
        ["v = 5", 5],
        ["(v++, v)", 6],
        ["v > 3 ? 'big' : 'small'", "big"],
        ["`${v}!`", "6!"],
        ["v++", 6],
        ["void v", undefined],
      ],
    },
    {
      title: "a function or a class that is declared last is no value, in parentheses it is",
      steps: [
        ["function f() { return 1 }", undefined],
        ["(function () { return 2 })()", 2],
        ["(class { static a = 3 }).a", 3],
        ["typeof (() => {})", "function"],
      ],
    },
    {
      title: "lines without semicolons end where JavaScript ends them",
      steps: [
        ["const a = 1\nconst b = 2\n;[a, b].length", 2],
        ["let c = 1\nc\n++\nc", 2],
        ["const t = `x`\n;`y`.length + t.length", 2],
      ],
    },
    {
      title: "a directive and an object in parentheses are values; a block is none",
      steps: [
        ["'use strict'", "use strict"],
        ["({})", {}],
        ["{ const inner = 1; inner }", undefined],
      ],
    },
    {
      title: "an awaited last expression is a value",
      steps: [
        ["await Promise.resolve('done')", "done"],
        ["(await Promise.resolve([1, 2])).map((n) => n * 2)", [2, 4]],
      ],
    },
  ],
};
