import { INSERT } from "./magic-code.js";

/** Names that the kernel gives to cells and a program has not, with the lines that give them to a script. */
export const SCRIPT_HELPERS: Readonly<Record<string, { readonly imports: string; readonly code: string }>> = {
  [INSERT]: {
    imports: 'import { inspect } from "node:util";',
    code: `const ${INSERT} = (value: unknown) => (typeof value === "string" ? value : inspect(value, { depth: 6, maxArrayLength: 500 }));`,
  },
  require: {
    imports: 'import { createRequire } from "node:module";',
    code: "const require = createRequire(import.meta.url);",
  },
  __dirname: { imports: "", code: "const __dirname = import.meta.dirname;" },
  __filename: { imports: "", code: "const __filename = import.meta.filename;" },
  input: {
    imports: 'import { createInterface } from "node:readline/promises";',
    code: [
      'async function input(question = "") {',
      "  const terminal = createInterface({ input: process.stdin, output: process.stdout });",
      "  return terminal.question(question).finally(() => terminal.close());",
      "}",
    ].join("\n"),
  },
  clearOutput: { imports: "", code: "const clearOutput = () => console.clear();" },
};
