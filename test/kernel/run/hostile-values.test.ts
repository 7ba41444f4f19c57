import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kernelArgv } from "../../../kernel/kernel-argv.js";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
  await kernel.execute("const kept = 41;");
});
afterAll(() => kernel?.close());

test.each([
  ["a BigInt in a JSON bundle", `display({ "application/json": { n: 10n } }, { raw: true })`],
  ["a BigInt in metadata", `display("x", { metadata: { n: 1n } as any })`],
  [
    "a circle",
    `const ring: any = {}; ring.ring = ring; display({ "application/json": ring }, { raw: true })`,
  ],
  [
    "a value that displays itself with a BigInt",
    `({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": [1n] }) })`,
  ],
])("%s is an error of its cell, and the kernel lives", async (_what, code) => {
  const { reply } = await kernel.execute(code);
  expect(reply).toMatchObject({ status: "error", ename: "TypeError" });
  expect(reply.evalue).toMatch(/must be JSON/);
  expect((await kernel.execute("kept + 1")).result).toBe("42");
});

test.each([
  [
    "an error whose message is no text",
    `const e1: any = new Error("x"); e1.message = Object.create(null); throw e1`,
  ],
  [
    "an error whose name throws",
    `const e2: any = new Error("x"); Object.defineProperty(e2, "name", { get() { throw 1 } }); throw e2`,
  ],
  ["an object whose stack throws", `throw Object.create({ get stack() { throw new Error("no") } })`],
  [
    "an object that cannot be inspected",
    `throw { [Symbol.for("nodejs.util.inspect.custom")]() { throw new Error("no") } }`,
  ],
  ["a revoked proxy", `const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy`],
])("throwing %s ends the cell with an error, and the kernel goes on", async (_what, code) => {
  const { reply } = await kernel.execute(code);
  expect(reply.status).toBe("error");
  expect((await kernel.execute("kept + 1")).result).toBe("42");
});

test("code that V8 refuses declares nothing", async () => {
  const { reply } = await kernel.execute("var refused = 1; const pattern = /(/;");
  expect(reply.status).toBe("error");
  expect((await kernel.execute("typeof refused")).reply).toMatchObject({
    status: "error",
    ename: "CompileError",
  });
});

test("a cell may declare require, and the kernel goes on loading modules", async () => {
  const own = await startKernelClient();
  try {
    expect((await own.execute("const require = 4; require + 1")).result).toBe("5");
    expect((await own.execute(`import { sep } from "node:path"; sep`)).result).toBe("'/'");
  } finally {
    await own.close();
  }
});

test("a user expression whose value JSON cannot carry fails alone", async () => {
  const { reply } = await kernel.execute("1", {
    content: {
      user_expressions: {
        bad: `({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": 1n }) })`,
        good: "kept",
      },
    },
  });
  expect(reply).toMatchObject({
    status: "ok",
    user_expressions: { bad: { status: "error" }, good: { status: "ok" } },
  });
});

test("a kernel whose parent is process 1, as in a container, goes on", async (context) => {
  const inNamespace = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"] as const;
  const { exitCode } = await execa(inNamespace[0], [...inNamespace.slice(1), "true"], { reject: false });
  if (exitCode !== 0) context.skip("this machine does not let tests make process namespaces");
  const contained = await startKernelClient({
    // The shell is process 1 of its namespace and stays the kernel's parent.
    command: (file) => [
      ...inNamespace,
      "sh",
      "-c",
      `${kernelArgv(file)
        .map((part) => `'${part.replaceAll("'", `'\\''`)}'`)
        .join(" ")}; true`,
    ],
  });
  try {
    const { result } = await contained.execute("await new Promise((r) => setTimeout(r, 2500)); process.ppid");
    expect(result).toBe("1");
  } finally {
    await contained.close();
  }
});
