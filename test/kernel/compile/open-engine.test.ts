import childProcess, { type ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { afterEach, expect, test } from "vitest";
import { openEngine } from "../../../kernel/compile/open-engine.js";
import { type CompilerGuard, noGuard } from "../../../kernel/compile/typescript/compiler-guard.js";
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

test("an expression that fills the compiler's stack is a diagnostic, and the engine stays", async () => {
  setCompiler(true);
  const engine = await openEngine("typescript", { folder: tempFolder("engine") });
  const sum = Array.from({ length: 20_000 }, () => "1").join("+");
  const full = await engine.compile({ key: "1", code: `(${sum}).toFixed()` });
  expect(full).toMatchObject({
    ok: false,
    diagnostics: [{ message: expect.stringMatching(/nests too deep for the compiler/) }],
  });
  expect((await engine.compile({ key: "2", code: "1 + 1" })).ok).toBe(true);
  expect(await engine.describe()).toMatchObject({ name: "typescript" });
});

/** Ends the compiler at its next questions, so many times. */
function createDeadlyGuard(): CompilerGuard & { deaths: number } {
  let pid = 0;
  const guard = {
    ...noGuard,
    deaths: 0,
    started(started: number): void {
      pid = started;
      guard.begin();
    },
    begin(): void {
      if (guard.deaths === 0 || pid === 0) return;
      guard.deaths--;
      process.kill(pid, "SIGKILL");
    },
  };
  return guard;
}

test("a cell that the compiler dies of is rejected, and those after it are checked as before", async () => {
  setCompiler(true);
  const guard = createDeadlyGuard();
  const engine = await openEngine("typescript", { folder: tempFolder("engine"), guard });
  await engine.compile({ key: "1", code: "const x: number = 1; x" });
  await engine.commit("1", ["x"]);
  guard.deaths = 4;
  const deadly = await engine.compile({ key: "2", code: "x + 2" });
  expect(deadly).toMatchObject({
    ok: false,
    diagnostics: [{ message: expect.stringMatching(/compiler ended several times/) }],
  });
  expect(deadly.notice).toBeUndefined();
  const wrong = await engine.compile({ key: "3", code: "x.length" });
  expect(wrong).toMatchObject({ ok: false, diagnostics: [{ code: 2339, line: 1, column: 3 }] });
  expect(await engine.describe()).toMatchObject({ name: "typescript" });
});

test("a compiler that dies also without the cell is replaced", async () => {
  setCompiler(true);
  const guard = createDeadlyGuard();
  const engine = await openEngine("typescript", { folder: tempFolder("engine"), guard });
  guard.deaths = 1000;
  const compiled = await engine.compile({ key: "1", code: "1 + 2" });
  expect(compiled).toMatchObject({ ok: true, binding: { type: "commonjs" } });
  expect(compiled.notice).toMatch(/tslab's TypeScript 5\.0 checks/);
});
