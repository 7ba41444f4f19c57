import { expect, test } from "vitest";
import { hintsForDiagnostics } from "../../../kernel/compile/hints.js";
import { createTypeScriptEngine } from "../../../kernel/compile/typescript/typescript-engine.js";
import { tempFolder } from "../../support/temp-folder.js";
import { writeFiles } from "../engines/run-scenario.js";

function openWith(files: Readonly<Record<string, string>>) {
  const folder = tempFolder("tsconfig");
  writeFiles(folder, files);
  return createTypeScriptEngine({ folder });
}

/** The warnings of a cell, in short. */
function warningsOf(engine: ReturnType<typeof openWith>, key: string, code = "1"): string[] {
  const result = engine.compile({ key, code });
  return result.ok
    ? result.warnings.map((each) => `${each.file}:${each.line}:${each.column} ${each.code} ${each.message}`)
    : [];
}

test("what is wrong in tsconfig.json is said with its place, once, and cells run", () => {
  const engine = openWith({
    "tsconfig.json": '{\n  "compilerOptions": { "strict": "yes", "stricter": true }\n}',
  });
  engine.warmUp();
  expect(engine.compile({ key: "0", code: "const s: string = 1" }).ok).toBe(false);
  expect(warningsOf(engine, "1")).toEqual([
    "tsconfig.json:2:34 5024 Compiler option 'strict' requires a value of type boolean.",
    "tsconfig.json:2:41 5023 Unknown compiler option 'stricter'.",
  ]);
  expect(warningsOf(engine, "2")).toEqual([]);
});

test("so is what is wrong in a file that it extends, and that there is none", () => {
  const broken = openWith({
    "tsconfig.json": '{ "extends": "./base.json" }',
    "base.json": '{ "compilerOptions": { "strict": true } }}',
  });
  expect(warningsOf(broken, "1")).toEqual(["base.json:1:42 1012 Unexpected token."]);
  const missing = openWith({ "tsconfig.json": '{ "extends": "./nowhere.json" }' });
  expect(warningsOf(missing, "1")).toEqual([
    expect.stringMatching(/^tsconfig\.json:1:1 5083 Cannot read file '.*nowhere\.json'/),
  ]);
});

test("a tsconfig.json that is right is not mentioned, nor the files that it names", () => {
  const engine = openWith({
    "tsconfig.json":
      '{ // Comments are fine.\n "include": ["src"], "compilerOptions": { "strict": true, "outDir": "out", }, }',
    "src/wrong.ts": "export const x: string = 1",
  });
  expect(warningsOf(engine, "1")).toEqual([]);
});

test("emitDecoratorMetadata is said to have no effect", () => {
  const engine = openWith({
    "tsconfig.json":
      '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
  });
  expect(warningsOf(engine, "1")).toEqual([
    expect.stringMatching(/^tsconfig\.json:1:56 0 .*no decorator metadata/),
  ]);
});

test("an import that only `paths` would find is told with the path to write, in a cell and in a file", () => {
  const engine = openWith({
    "tsconfig.json":
      '{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "tools": ["./lib/tools.ts"] } } }',
    "src/x.ts": "export const x: number = 1",
    "src/deep/y.ts": "import { x } from '@/x'; export const y = x",
    "lib/tools.ts": "export const tool = 1",
  });
  const messagesOf = (code: string): string[] => {
    const result = engine.compile({ key: code, code });
    if (result.ok) return [];
    expect(hintsForDiagnostics(result.diagnostics)).toEqual([]);
    return result.diagnostics.map((each) => each.message);
  };
  expect(messagesOf('import { x } from "@/x"')).toEqual([
    expect.stringMatching(/paths.*Import it as '\.\/src\/x\.ts'/),
  ]);
  expect(messagesOf('import { tool } from "tools"')).toEqual([
    expect.stringMatching(/as '\.\/lib\/tools\.ts'/),
  ]);
  expect(messagesOf('import { y } from "./src/deep/y"')).toEqual([expect.stringMatching(/as '\.\.\/x\.ts'/)]);
  expect(messagesOf('import { n } from "@/nowhere"')).toEqual([
    expect.stringMatching(/^Cannot find module '@\/nowhere'/),
  ]);
});

test("fields of classes are assigned where useDefineForClassFields is false", () => {
  const code = "class Base { x = 1 }\nclass Derived extends Base { declare z: string; w: number; y = 2 }";
  const textOf = (value: boolean): string => {
    const engine = openWith({
      "tsconfig.json": JSON.stringify({ compilerOptions: { useDefineForClassFields: value } }),
    });
    const result = engine.compile({ key: "1", code });
    return result.ok ? result.script.text : JSON.stringify(result.diagnostics);
  };
  expect(textOf(false)).toMatch(/this\.x = 1[\s\S]*this\.y = 2/);
  expect(textOf(false)).not.toMatch(/^\s*w;/m);
  expect(textOf(true)).not.toContain("this.x = 1");
});
