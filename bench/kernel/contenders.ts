import { createRequire } from "node:module";
import { join } from "node:path";
import { kernelArgv } from "../../kernel/kernel-argv.js";

/** The cells of the benchmark in a kernel's own language; one that is missing is not measured. */
export interface Cells {
  readonly trivial: string;
  declaration(i: number): string;
  functionCell(i: number): string;
  /** Imports zod and this package. */
  readonly imports?: string;
  /** Uses what was imported. */
  readonly withImports?: string;
  /** Code to complete at its end. */
  readonly completion: string;
  lines(count: number): string;
  /** Writes that many times 1 MB. */
  megabytes(count: number): string;
}

export interface Contender {
  readonly argv: (connectionFile: string) => readonly string[];
  readonly cells: Cells;
}

const typescript: Cells = {
  trivial: "1 + 1",
  declaration: (i) => `const value${i} = { index: ${i}, name: "n${i}" };`,
  functionCell: (i) => `function double${i}(n: number): number { return n * 2; }\ndouble${i}(${i})`,
  completion: "Math.flo",
  lines: (count) => `for (let i = 0; i < ${count}; i++) console.log("line " + i)`,
  megabytes: (count) =>
    `{ const text = "x".repeat(1e6); for (let i = 0; i < ${count}; i++) console.log(text); }`,
};

/** @param sdk how this package is named: tslab's TypeScript does not see a package's `exports`. */
const withImports = (sdk: string): Partial<Cells> => ({
  imports: `import { z } from "zod";\nimport { query } from "${sdk}";`,
  withImports: "z.object({ name: z.string(), n: z.number().optional() }).parse({ name: typeof query }).name",
});

const python: Cells = {
  trivial: "1 + 1",
  declaration: (i) => `value${i} = {"index": ${i}, "name": "n${i}"}`,
  functionCell: (i) => `def double${i}(n):\n    return n * 2\ndouble${i}(${i})`,
  completion: "import math; math.flo",
  lines: (count) => `for i in range(${count}): print("line", i)`,
  megabytes: (count) => `text = "x" * 1000000\nfor i in range(${count}): print(text)`,
};

export type ContenderName =
  | "claude-notebook"
  | "claude-notebook, tslab engine"
  | "tslab"
  | "deno"
  | "ipykernel";

/** The kernels that are compared, in the order of the table. */
export function contenders(tools: { deno: string; python: string }): Record<ContenderName, Contender> {
  const tslab = createRequire(import.meta.url).resolve("tslab/package.json");
  return {
    "claude-notebook": {
      argv: kernelArgv,
      cells: { ...typescript, ...withImports("claude-notebook/sdk") },
    },
    "claude-notebook, tslab engine": {
      argv: (file) => ["env", "CLAUDE_NOTEBOOK_ENGINE=tslab", ...kernelArgv(file)],
      cells: { ...typescript, ...withImports("claude-notebook/sdk") },
    },
    tslab: {
      argv: (file) => [process.execPath, join(tslab, "../bin/tslab"), "kernel", "--config-path", file],
      cells: { ...typescript, ...withImports("claude-notebook-dist/src/index.js") },
    },
    deno: { argv: (file) => [tools.deno, "jupyter", "--kernel", "--conn", file], cells: typescript },
    ipykernel: { argv: (file) => [tools.python, "-m", "ipykernel_launcher", "-f", file], cells: python },
  };
}
