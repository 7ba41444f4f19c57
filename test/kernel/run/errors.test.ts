import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
});
afterAll(() => kernel.close());

async function tracebackOf(code: string): Promise<string> {
  const { messages, reply } = await kernel.execute(code);
  const error = messages.find((each) => each.type === "error");
  expect(error?.content.traceback).toEqual(reply.traceback);
  return stripVTControlCharacters(reply.traceback.join("\n"));
}

test("a traceback names the line and column of the cell and marks the place", async () => {
  const count = (await kernel.execute("0")).reply.execution_count + 1;
  const traceback = await tracebackOf("const a: number = 1\n\ninterface Gone { x: string }\n  null.foo");
  expect(traceback).toMatch(/CompileError|TypeError|error TS/);
  const thrown = await tracebackOf("type Gone = string\n\n  throw new RangeError('here')");
  expect(thrown).toContain("RangeError: here");
  expect(thrown).toMatch(new RegExp(`cell\\[${count + 1}\\]:3:9`));
  expect(thrown).toContain("> 3 |   throw new RangeError('here')");
  expect(thrown.split("\n").some((line) => /^\s+\| {9}\^/.test(line))).toBe(true);
});

test("frames of functions of earlier cells point into those cells", async () => {
  const { reply } = await kernel.execute("// a comment\nfunction fails(x: any) {\n  return x.y.z\n}");
  const traceback = await tracebackOf("await 0\nfails({})");
  expect(traceback).toContain(`at fails (cell[${reply.execution_count}]:3:14)`);
  expect(traceback).toContain(`cell[${reply.execution_count + 1}]:2:1`);
});

test("frames of the kernel and of Node do not show", async () => {
  expect(await tracebackOf("throw new Error('clean')")).not.toMatch(/node:|dist\/kernel/);
});

test("causes and the errors of an AggregateError are shown", async () => {
  const traceback = await tracebackOf(
    "throw new AggregateError([new TypeError('inner one')], 'outer', { cause: new Error('root') })",
  );
  expect(traceback).toMatch(/outer[\s\S]*Caused by: Error: root[\s\S]*TypeError: inner one/);
});

test("a thrown value that is no error is shown", async () => {
  const { reply } = await kernel.execute("throw { code: 7 }");
  expect(reply).toMatchObject({ ename: "Thrown", evalue: "{ code: 7 }" });
});

test("a compile error is a CompileError with a code frame for each mistake", async () => {
  const { reply } = await kernel.execute("const ok = 1\nconst n: number = 'text'\nunknownName");
  expect(reply.ename).toBe("CompileError");
  expect(reply.evalue).toContain("Type 'string' is not assignable to type 'number'.");
  const traceback = stripVTControlCharacters(reply.traceback.join("\n"));
  expect(traceback).toMatch(/cell\[\d+\]:2:7 - error TS2322/);
  expect(traceback).toContain("> 2 | const n: number = 'text'\n    |       ^\n");
  expect(traceback).toMatch(/:3:1 - error TS2304: Cannot find name 'unknownName'/);
  expect(traceback).toContain("^^^^^^^^^^^");
});

test("a syntax error points at its place and runs nothing", async () => {
  const { reply, stdout } = await kernel.execute("console.log('no')\nlet = = 3");
  expect(reply.ename).toBe("CompileError");
  expect(stdout).toBe("");
});

test("an error of the SDK shows its message and the user's frames only", async () => {
  const traceback = await tracebackOf(
    'import { CLINotFoundError } from "claude-notebook";\nfunction ask() {\n  throw new CLINotFoundError("no claude here", { triedPaths: [] });\n}\nask()',
  );
  expect(traceback).toContain("no claude here");
  expect(traceback).toMatch(/at ask \(cell\[\d+\]:3:9\)/);
  expect(traceback).not.toMatch(/node_modules|dist\/(src|kernel)/);
});

test("an error of the SDK repeats neither its causes' frames nor the code", async () => {
  const traceback = await tracebackOf(
    'import { CLINotFoundError } from "claude-notebook";\nthrow new CLINotFoundError("no claude", { triedPaths: [], cause: new Error("why") })',
  );
  expect(traceback.split("\n")).toEqual([
    "CLINotFoundError: no claude",
    expect.stringMatching(/^ {4}at cell\[\d+\]:2:7$/),
  ]);
});

test("nothing stands above the name of what was thrown", async () => {
  for (const code of [
    "throw new Error('boom')",
    "await 0; throw new Error('boom')",
    "JSON.parse('{')",
    "new (require('vm').Script)('=', { filename: 'own.js' })",
  ]) {
    expect(await tracebackOf(code)).toMatch(/^(Error: boom|SyntaxError: )/);
  }
  expect(await tracebackOf("new (require('vm').Script)('=', { filename: 'own.js' })")).toContain(
    "own.js:1\n=\n^\n",
  );
});

test("a cause does not repeat the frames that it shares with the error above", async () => {
  const traceback = await tracebackOf(
    "function outer() {\n  try { JSON.parse('{') } catch (cause) { throw new Error('bad file', { cause }) }\n}\nouter()",
  );
  expect(traceback.match(/cell\[\d+\]:4:1/g)).toHaveLength(1);
  expect(traceback).toMatch(/Caused by: SyntaxError: .*\n.*JSON\.parse/);
});

test("a package that is missing at run time comes with the hint to install it", async () => {
  const hint = "Hint: not-there is not installed here. Try `%npm install not-there`";
  expect(await tracebackOf("require('not-there/deep')")).toContain(hint);
  expect(await tracebackOf("const name = 'not-there'; await import(name)")).toContain(hint);
  expect(await tracebackOf("require('./not-a-package')")).not.toContain("Hint:");
});

test("an error of a local file names the file and marks the place in the cell", async () => {
  await kernel.execute(
    "import { writeFileSync } from 'node:fs'; writeFileSync('lib.ts', 'type T = string;\\nexport function f(): T {\\n  throw new Error(\"lib\")\\n}')",
  );
  const traceback = await tracebackOf("import { f } from './lib';\nf()");
  expect(traceback).toContain("at f (lib.ts:3:9)");
  expect(traceback).toContain("> 2 | f()");
});
