import { utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CompileResult, Engine } from "../../../kernel/compile/engine.js";
import { createTypeScriptEngine } from "../../../kernel/compile/typescript/typescript-engine.js";
import { tempFolder } from "../../support/temp-folder.js";
import { writeFiles } from "../engines/run-scenario.js";

let cells = 0;
/** Later than any file of the tests, a second each time: no test waits for the file system's clock. */
let clock = Date.now() / 1000;

function openIn(files: Readonly<Record<string, string>>): { engine: Engine; write: typeof change } {
  const folder = tempFolder("local-files");
  writeFiles(folder, files);
  const change = (changed: Readonly<Record<string, string>>): void => {
    writeFiles(folder, changed);
    for (const path of Object.keys(changed)) utimesSync(join(folder, path), ++clock, clock);
  };
  return { engine: createTypeScriptEngine({ folder }), write: change };
}

/** What is wrong with a cell, in short; nothing when it compiles. */
function errorsOf(engine: Engine, code: string): string[] {
  const key = String(cells++);
  const result: CompileResult = engine.compile({ key, code });
  engine.discard(key);
  return result.ok ? [] : result.diagnostics.map((each) => `${each.file ?? "cell"} ${each.code}`);
}

test("a file that was wrong when it was first imported is read again once it is right", () => {
  const { engine, write } = openIn({ "h.ts": "export const h: number = 'text'" });
  expect(errorsOf(engine, 'import { h } from "./h"; h')).toEqual(["h.ts 2322"]);
  write({ "h.ts": "export const h: string = 'text'" });
  expect(errorsOf(engine, 'import { h } from "./h"; h.trim()')).toEqual([]);
});

test("so is one that did not parse, and one that only another file imports", () => {
  const { engine, write } = openIn({
    "h.ts": "export { q } from './q'; export const n: string = 1",
    "q.ts": "export const q = ;",
  });
  expect(errorsOf(engine, 'import { q } from "./h"; q')).toContain("h.ts 2322");
  write({ "h.ts": "export { q } from './q'" });
  expect(errorsOf(engine, 'import { q } from "./h"; q')).toEqual(["q.ts 1109"]);
  write({ "q.ts": "export const q = 'right'" });
  expect(errorsOf(engine, 'import { q } from "./h"; q.trim()')).toEqual([]);
});

test("a file whose mistake lies in what it imports is right once that file is", () => {
  const { engine, write } = openIn({
    "h.ts": "import { q } from './q'; export const h: string = q",
    "q.ts": "export const q = 1",
  });
  expect(errorsOf(engine, 'import { h } from "./h"; h')).toEqual(["h.ts 2322"]);
  write({ "q.ts": "export const q = 'right'" });
  expect(errorsOf(engine, 'import { h } from "./h"; h')).toEqual([]);
});

test("a file that fits a cell only after it has changed is read again, also if no cell could import it before", () => {
  const { engine, write } = openIn({ "h.ts": "export const h = 1" });
  expect(errorsOf(engine, 'import { h } from "./h"; h.trim()')).toEqual(["cell 2339"]);
  write({ "h.ts": "export const h = 'text'" });
  expect(errorsOf(engine, 'import { h } from "./h"; h.trim()')).toEqual([]);
});

test("a file that was right beside a wrong one is emitted for the next cell that imports it", () => {
  const { engine } = openIn({ "right.ts": "export const r = 1", "wrong.ts": "export const w: string = 1" });
  expect(errorsOf(engine, 'import { r } from "./right"; import { w } from "./wrong"')).toEqual([
    "wrong.ts 2322",
  ]);
  const next = engine.compile({ key: "next", code: 'import { r } from "./right"; r' });
  expect(next).toMatchObject({ ok: true, modules: [{ source: "right.ts" }] });
});

test("JSON and declarations that have changed on disk are read again", () => {
  const { engine, write } = openIn({
    "data.json": '{ "n": 1 }',
    "types.d.ts": "export interface Declared { d: number }",
    "uses.ts": "import data from './data.json'; export const m = data.n",
  });
  const code =
    'import data from "./data.json"; import type { Declared } from "./types"; import { m } from "./uses";';
  expect(errorsOf(engine, `${code} data.n.toFixed(); m.toFixed(); ({ d: 1 }) satisfies Declared`)).toEqual(
    [],
  );
  write({ "data.json": '{ "n": "text" }', "types.d.ts": "export interface Declared { d: string }" });
  expect(errorsOf(engine, `${code} data.n.trim(); m.trim(); ({ d: "x" }) satisfies Declared`)).toEqual([]);
});
