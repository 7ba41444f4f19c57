import { afterAll, beforeAll, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
});
afterAll(() => kernel.close());

test("20,000 lines all arrive, in order, in few messages", async () => {
  const { stdout, messages } = await kernel.execute(
    "for (let i = 0; i < 20_000; i++) console.log('line ' + i)",
  );
  expect(stdout).toBe(Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`).join(""));
  expect(messages.length).toBeLessThan(500);
});

test("a text of 5 MB with characters outside the BMP arrives whole", async () => {
  const { stdout } = await kernel.execute("process.stdout.write('x' + '😀'.repeat(1_250_000))");
  expect(stdout).toBe(`x${"😀".repeat(1_250_000)}`);
});

test("output shows while a synchronous cell runs", async () => {
  const id = await kernel.send("execute_request", {
    code: "const end = Date.now() + 1500; while (Date.now() < end) { console.log('tick'); const t = Date.now() + 100; while (Date.now() < t); }",
  });
  const first = await kernel.message((each) => each.type === "stream" && each.parentId === id);
  const { reply } = await kernel.finished(id);
  expect(reply.status).toBe("ok");
  const idle = await kernel.message(
    (each) => each.type === "status" && each.parentId === id && each.content.execution_state === "idle",
  );
  expect(idle.at - first.at).toBeGreaterThan(500);
});

test("bytes written in the middle of a character are put together", async () => {
  const { stdout } = await kernel.execute(
    "const bytes = Buffer.from('é😀'); for (const b of bytes) process.stdout.write(new Uint8Array([b]))",
  );
  expect(stdout).toBe("é😀");
});

test("a display goes out after the text written before it and before the text after it", async () => {
  const { messages } = await kernel.execute("console.log(1); display('two'); console.log(3);");
  expect(messages.slice(1).map((each) => each.type)).toEqual(["stream", "display_data", "stream"]);
});

test.each([
  [
    "a child process that inherits them",
    "require('child_process').execSync('echo out; echo err >&2', { stdio: 'inherit' })",
  ],
  [
    "an asynchronous child process that inherits them",
    "await new Promise((done) => require('child_process').spawn('sh', ['-c', 'echo out; echo err >&2'], { stdio: 'inherit' }).on('exit', done))",
  ],
])("the output of %s reaches the cell, between what was written before and after", async (_what, code) => {
  const { stdout, stderr } = await kernel.execute(`console.log("before");\n${code};\nconsole.log("after")`);
  expect(stdout).toBe("before\nout\nafter\n");
  expect(stderr).toBe("err\n");
});

test.each([
  ["a display", "display('shown')", "display_data"],
  ["an error", "throw new Error('x')", "error"],
])("what a child process writes to stderr comes before %s that follows it", async (_what, code, type) => {
  const { messages } = await kernel.execute(
    `require('child_process').execSync('echo err >&2', { stdio: 'inherit' }); ${code}`,
  );
  const order = messages.map((each) => (each.type === "stream" ? String(each.content.text) : each.type));
  expect(order.indexOf("err\n")).toBeGreaterThan(-1);
  expect(order.indexOf("err\n")).toBeLessThan(order.indexOf(type));
});

test("a single byte of a child process stands before the text that follows it", async () => {
  const { stderr } = await kernel.execute(
    "require('child_process').execSync('printf . >&2', { stdio: 'inherit' }); console.error('after')",
  );
  expect(stderr).toBe(".after\n");
});

test("what code writes to the descriptors 1 and 2 reaches the cell before it ends", async () => {
  const { stdout, stderr } = await kernel.execute(
    "const fs = require('fs'); fs.writeSync(1, 'out\\n'); fs.writeSync(2, 'err\\n');",
  );
  expect({ stdout, stderr }).toEqual({ stdout: "out\n", stderr: "err\n" });
});

/** Of ten: when both pipes are read late, nobody can tell any more what came first. */
const MOST = 6;

test("what a child process writes to stderr comes before what it then writes to stdout", async () => {
  const { messages } = await kernel.execute(
    "require('child_process').execSync('for i in 0 1 2 3 4 5 6 7 8 9; do echo err$i >&2; sleep 0.01; echo out$i; sleep 0.05; done', { stdio: 'inherit' })",
  );
  const said = messages.filter(({ type }) => type === "stream").map(({ content }) => String(content.text));
  const lines = said.join("").split("\n");
  const isRight = (i: number): boolean => lines.indexOf(`err${i}`) < lines.indexOf(`out${i}`);
  expect(lines.filter((each) => each.startsWith("err"))).toHaveLength(10);
  expect(Array.from({ length: 10 }, (_, i) => i).filter(isRight).length).toBeGreaterThanOrEqual(MOST);
});

test("3 MB that a child process writes all arrive, as do the kernel's own lines around them", async () => {
  const write = `process.stdout.write("x".repeat(1_000_000))`;
  const { stdout } = await kernel.execute(
    `for (let i = 0; i < 3; i++) require('child_process').execFileSync(process.execPath, ["-e", '${write}'], { stdio: "inherit" })`,
  );
  expect(stdout).toBe("x".repeat(3_000_000));
});

test("output that comes after the cell has ended belongs to that cell", async () => {
  const { id } = await kernel.execute("setTimeout(() => console.log('late'), 50);");
  const late = await kernel.message((each) => each.type === "stream" && each.content.text === "late\n");
  expect(late.parentId).toBe(id);
});

test("clearOutput tells the front end, with wait or without", async () => {
  const { messages } = await kernel.execute("clearOutput(); clearOutput(true);");
  expect(messages.slice(1).map(({ type, content }) => [type, content.wait])).toEqual([
    ["clear_output", false],
    ["clear_output", true],
  ]);
});
