import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { tempFolder } from "../../support/temp-folder.js";

const root = resolve(import.meta.dirname, "../../..");
const entries = ["dist/src/index.d.ts", "dist/src/testing/index.d.ts", "dist/kernel/api.d.ts"];

/** The part of TypeScript's API that is used here; 5.0.4 is the compiler of the cells. */
interface TypeScript {
  readonly version: string;
  readonly ScriptTarget: { readonly ES2022: number };
  readonly ModuleKind: { readonly NodeNext: number };
  readonly ModuleResolutionKind: { readonly NodeNext: number };
  createProgram(files: readonly string[], options: object): Program;
  flattenDiagnosticMessageText(text: unknown, newLine: string): string;
}

interface Program {
  getSourceFiles(): readonly { readonly fileName: string }[];
  getSemanticDiagnostics(file: object): readonly { readonly messageText: unknown }[];
  getSyntacticDiagnostics(file: object): readonly { readonly messageText: unknown }[];
}

test("the built declarations have no error for TypeScript 5.0.4, the compiler of the cells", () => {
  const ts = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as TypeScript;
  expect(ts.version).toMatch(/^5\.0\.4/);
  const program = ts.createProgram(
    entries.map((entry) => join(root, entry)),
    {
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2023.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
      strict: true,
      noEmit: true,
    },
  );
  const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${root}/dist/`));
  expect(own.length).toBeGreaterThan(30);
  const errors = own.flatMap((file) =>
    [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) =>
        `${file.fileName.slice(root.length)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    ),
  );
  expect(errors).toEqual([]);
}, 120_000);

test("nor for the current TypeScript", async () => {
  const folder = tempFolder();
  const config = {
    compilerOptions: {
      target: "es2023",
      module: "nodenext",
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
    },
    files: entries.map((entry) => join(root, entry)),
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await execa(process.execPath, [tsc, "-p", folder], { cwd: root, reject: false });
  const own = stdout
    .split("\n")
    .filter((line) => /^(\.\.\/)*\S*dist\/\S+\.d\.ts\(/.test(line) && !line.includes("node_modules"));
  expect(own).toEqual([]);
}, 120_000);
