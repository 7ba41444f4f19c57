import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

/** A notebook's folder far from this repository. */
const folder = mkdtempSync(join(tmpdir(), "kernel imports "));
let kernel: KernelClient;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function writePackage(name: string, json: object, files: Record<string, string>): void {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", ...json }));
  for (const [path, text] of Object.entries(files)) write(`node_modules/${name}/${path}`, text);
}

beforeAll(async () => {
  writePackage(
    "esm-only",
    { type: "module", exports: { ".": { types: "./index.d.ts", import: "./index.js" } } },
    {
      "index.js":
        "export const answer = await Promise.resolve(42); export default class Thing { name = 'thing' }",
      "index.d.ts": "export declare const answer: number; export default class Thing { name: string }",
    },
  );
  writePackage(
    "old-cjs",
    { main: "index.js", types: "index.d.ts" },
    {
      "index.js": "module.exports = function greet(n) { return 'hi ' + n }; module.exports.version = 3;",
      "index.d.ts":
        "declare function greet(n: string): string; declare namespace greet { const version: number } export = greet;",
    },
  );
  write(
    "helper.ts",
    "import { base } from './deeper/base';\nexport const double = (n: number): number => 2 * n + base;",
  );
  write("deeper/base.ts", "export const base = 100;");
  write("data.json", '{ "rows": [1, 2, 3] }');
  kernel = await startKernelClient({ cwd: folder });
});
afterAll(async () => {
  await kernel.close();
  rmSync(folder, { recursive: true });
});

test("the SDK is imported by name from a folder that has no such package", async () => {
  const { result, reply } = await kernel.execute(
    'import { query, ClaudeSDKError } from "claude-notebook";\nimport * as sdk from "claude-notebook/sdk";\n' +
      "[typeof query, new ClaudeSDKError('aborted', 'x') instanceof Error, sdk.query === query]",
  );
  expect(reply.evalue).toBeUndefined();
  expect(result).toBe("[ 'function', true, true ]");
});

test("what cells import is what the kernel itself uses", async () => {
  const { result } = await kernel.execute(
    'import { query as imported } from "claude-notebook"; imported === (globalThis as any).query',
  );
  expect(result).toBe("true");
});

test("the renderers and the scripted API can be imported too", async () => {
  const { result, reply } = await kernel.execute(
    'import * as r from "claude-notebook/renderers"; import * as t from "claude-notebook/testing"; [typeof r.createResponse, typeof t.createScriptedApi]',
  );
  expect(reply.evalue).toBeUndefined();
  expect(result).toBe("[ 'function', 'function' ]");
});

test("the SDK's types are checked", async () => {
  const { reply } = await kernel.execute('import { query } from "claude-notebook"; query(42)');
  expect(reply.ename).toBe("CompileError");
});

test("for await over query() type-checks with the import and with the global", async () => {
  const loop =
    'async function never() { for await (const m of query({ prompt: "x" })) display_claude_response(m) }';
  for (const head of ["", 'import { query, display_claude_response } from "claude-notebook";\n']) {
    const { reply } = await kernel.execute(head + loop);
    expect(reply.evalue).toBeUndefined();
  }
});

test("completion and inspection know the SDK", async () => {
  const complete = async (code: string) =>
    (await kernel.request("complete_request", { code, cursor_pos: code.length })).reply.matches;
  expect(await complete('import { quer } from "claude-notebook"'.slice(0, 13))).toBeInstanceOf(Array);
  expect(await complete('import * as c from "claude-notebook";\nc.quer')).toContain("query");
  expect(await complete("display_claude")).toContain("display_claude_response");
  const code = 'import { query } from "claude-notebook";\nquery';
  const { reply } = await kernel.request("inspect_request", {
    code,
    cursor_pos: code.length,
    detail_level: 0,
  });
  expect(reply.found).toBe(true);
  expect(reply.data["text/plain"]).toMatch(/query/);
});

test("an ES module with top-level await and no CommonJS entry is imported, statically and dynamically", async () => {
  const { result, reply } = await kernel.execute(
    'import Thing, { answer } from "esm-only"; const { answer: again } = await import("esm-only"); [answer, again, new Thing().name]',
  );
  expect(reply.evalue).toBeUndefined();
  expect(result).toBe("[ 42, 42, 'thing' ]");
  expect((await kernel.execute("new Thing().name + answer")).result).toBe("'thing42'");
});

test("a CommonJS package is imported by default, by name and dynamically", async () => {
  const { result, reply } = await kernel.execute(
    'import greet, { version } from "old-cjs"; const name = "old-cjs"; const m = await import(name); [greet("a"), version, m.default("b")]',
  );
  expect(reply.evalue).toBeUndefined();
  expect(result).toBe("[ 'hi a', 3, 'hi b' ]");
});

test("Node's modules and JSON files are imported", async () => {
  const { result, reply } = await kernel.execute(
    'import { join } from "node:path"; import data from "./data.json"; [join("a", "b"), data.rows.length]',
  );
  expect(reply.evalue).toBeUndefined();
  expect(result).toBe("[ 'a/b', 3 ]");
});

test("a local TypeScript module is imported, with what it imports, and again when it has changed", async () => {
  expect((await kernel.execute('import { double } from "./helper"; double(1)')).result).toBe("102");
  write("helper.ts", "export const double = (n: number): string => 'now ' + 3 * n;");
  expect((await kernel.execute('import { double } from "./helper"; double(1)')).result).toBe("'now 3'");
});

test("zod comes with the kernel where the folder has none", async () => {
  const { result, reply } = await kernel.execute(
    'import { z } from "zod"; z.object({ a: z.number() }).parse({ a: 1 })',
  );
  expect(reply.evalue).toBeUndefined();
  expect(result).toBe("{ a: 1 }");
});

test("a missing package is a compile error; once installed, the next cell finds it", async () => {
  const code = 'import { late } from "late-comer"; late';
  const { reply } = await kernel.execute(code);
  expect(reply.ename).toBe("CompileError");
  expect(reply.evalue).toMatch(/Cannot find module 'late-comer'/);
  writePackage(
    "late-comer",
    { main: "index.js", types: "index.d.ts" },
    { "index.js": "exports.late = 'here'", "index.d.ts": "export declare const late: string" },
  );
  expect((await kernel.execute(code)).result).toBe("'here'");
});
