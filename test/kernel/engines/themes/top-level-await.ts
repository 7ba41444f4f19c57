// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are those of the cells
import type { Theme } from "../scenario.js";

export const topLevelAwait: Theme = {
  title: "await at the top level",
  scenarios: [
    {
      title: "await works in declarations, patterns and expressions",
      steps: [
        "const w = await Promise.resolve(5)",
        ["w + 1", 6],
        ["const { a: da, b: [db] } = await Promise.resolve({ a: 1, b: [2] }); [da, db]", [1, 2]],
        ["(await Promise.all([1, 2])).length", 2],
      ],
    },
    {
      title: "for await works",
      steps: [
        "async function* ag() { yield 1; yield 2 }",
        ["let tot = 0; for await (const v of ag()) tot += v; tot", 3],
        ["for await (const v of [Promise.resolve(4)]) tot += v; tot", 7],
      ],
    },
    {
      title: "a function that is declared below an await is there in later cells",
      steps: [
        "const one = await Promise.resolve(1); function below() { return one + 1 } class Below { v = below() }",
        ["below()", 2],
        ["new Below().v", 2],
      ],
    },
    {
      title: "await in blocks, conditions, loops and catch clauses works",
      steps: [
        [
          "let s = ''; if (await Promise.resolve(true)) s += 'i'; for (const p of [Promise.resolve('f')]) s += await p; try { await Promise.reject(new Error('r')) } catch (e) { s += (e as Error).message } s",
          "ifr",
        ],
        ["while (await Promise.resolve(s.length > 2)) s = s.slice(1); s", "fr"],
      ],
    },
    {
      title: "await in arguments, templates and class members works",
      steps: [
        ["Math.max(await Promise.resolve(3), 1)", 3],
        ["`${await Promise.resolve('t')}`", "t"],
        ["class St { static n = 4 }; const k = { [await Promise.resolve('key')]: St.n }; k.key", 4],
      ],
    },
    {
      title: "a rejected await fails the cell at its place, and what was set before is kept",
      steps: [
        {
          code: "const kept = 1\nconst never = await Promise.reject(new RangeError('no'))",
          throws: /RangeError: no/,
        },
        ["kept", 1],
      ],
    },
    {
      title: "await inside a function that is not async is an error",
      steps: [{ code: "function no() { await Promise.resolve(1) }", errors: ["1308 at 1:17"] }],
    },
    {
      title: "import statements and await stand side by side",
      steps: [
        [
          'import { readFile } from "node:fs/promises"\nconst text = await readFile("tla.txt", "utf8").catch(() => "none")\ntext',
          "none",
        ],
      ],
    },
    {
      title: "code before the first await runs before code that waits in timers",
      steps: [
        [
          "const seq: number[] = []; setTimeout(() => seq.push(2), 0); seq.push(1); await new Promise((r) => setTimeout(r, 30)); seq",
          [1, 2],
        ],
      ],
    },
  ],
};
