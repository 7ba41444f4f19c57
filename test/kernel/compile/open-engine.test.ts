import childProcess, { type ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { afterEach, expect, test } from "vitest";
import { openEngine } from "../../../kernel/compile/open-engine.js";
import { tempFolder } from "../../support/temp-folder.js";

const { spawn } = childProcess;
const compilers: ChildProcess[] = [];

/** Makes the native compiler start, or not: its package is missing, the platform has none. */
function setCompiler(isThere: boolean): void {
  const patched = (command: string, ...rest: unknown[]): ChildProcess => {
    const isCompiler = command.endsWith("tsc");
    const child = (spawn as (...args: unknown[]) => ChildProcess)(
      isCompiler && !isThere ? "/nowhere/tsc" : command,
      ...rest,
    );
    if (isCompiler) compilers.push(child);
    return child;
  };
  Object.assign(childProcess, { spawn: patched });
  syncBuiltinESMExports();
}

afterEach(() => {
  Object.assign(childProcess, { spawn });
  syncBuiltinESMExports();
  // One that did not start has no id: Node would send the signal to id 0, which is our whole process group.
  for (const each of compilers.splice(0)) if (each.pid !== undefined) each.kill("SIGKILL");
});

test("where the native compiler does not start, tslab's engine takes over and the first cell says so, once", async () => {
  setCompiler(false);
  const engine = await openEngine(undefined, { folder: tempFolder("engine") });
  const first = await engine.compile({ key: "1", code: "const x: number = 1; x" });
  expect(first.ok).toBe(true);
  expect(first.notice).toMatch(/^TypeScript 7 does not run here, so tslab's TypeScript 5\.0 checks/);
  expect((await engine.compile({ key: "2", code: "2" })).notice).toBeUndefined();
  expect(await engine.describe()).toMatchObject({ name: "tslab", version: "5.0.4" });
});

test("a compiler that dies and cannot be started again is replaced, and the variables are there, without types", async () => {
  setCompiler(true);
  const engine = await openEngine("typescript", { folder: tempFolder("engine") });
  await engine.compile({ key: "1", code: "const x: number = 1; x" });
  await engine.commit("1", ["x"]);
  setCompiler(false);
  const [compiler] = compilers;
  compiler?.kill("SIGKILL");
  const next = await engine.compile({ key: "2", code: "x + 1" });
  expect(next).toMatchObject({ ok: true, binding: { type: "commonjs" } });
  expect(next.notice).toMatch(/Run earlier cells again to have their types/);
});

test("a compiler that dies is started again, and knows all that it knew", async () => {
  setCompiler(true);
  const engine = await openEngine("typescript", { folder: tempFolder("engine") });
  await engine.compile({ key: "1", code: "const x: number = 1; x" });
  await engine.commit("1", ["x"]);
  compilers[0]?.kill("SIGKILL");
  const wrong = await engine.compile({ key: "2", code: "x.length" });
  expect(wrong).toMatchObject({ ok: false, diagnostics: [{ code: 2339, line: 1, column: 3 }] });
});

test("a name that no engine has is told, with those that there are", async () => {
  const engine = await openEngine("esbuild", { folder: tempFolder("engine") });
  const { notice } = await engine.compile({ key: "1", code: "1" });
  expect(notice).toBe('CLAUDE_NOTEBOOK_ENGINE is "esbuild": there are the engines typescript and tslab.');
});
