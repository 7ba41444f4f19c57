import { afterAll, beforeAll, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
});
afterAll(() => kernel.close());

test("a cell shows its input, its streams in order, and its value, before it goes idle", async () => {
  const { messages, reply } = await kernel.execute(
    'console.log("a"); console.error("b"); console.log("c"); 1 + 1',
  );
  expect(messages.map((each) => each.type)).toEqual([
    "execute_input",
    "stream",
    "stream",
    "stream",
    "execute_result",
  ]);
  expect(messages.slice(1, 4).map(({ content }) => [content.name, content.text])).toEqual([
    ["stdout", "a\n"],
    ["stderr", "b\n"],
    ["stdout", "c\n"],
  ]);
  expect(messages[4]?.content).toMatchObject({
    data: { "text/plain": "2" },
    execution_count: reply.execution_count,
  });
  expect(reply).toMatchObject({ status: "ok", payload: [], user_expressions: {} });
});

test.each([
  ["undefined", undefined],
  ["null", "null"],
  ["10n ** 20n", "100000000000000000000n"],
  ["'text'", "'text'"],
  ["[1, 2].map((x) => x * 2)", "[ 2, 4 ]"],
  ["new Map([['a', { b: 1 }]])", "Map(1) { 'a' => { b: 1 } }"],
  ["await Promise.resolve(7)", "7"],
  ["const x = 1;", undefined],
  ["({ get [Symbol.toStringTag](): string { throw new Error('no') } })", "Object {}"],
])("the value of `%s` is shown as %s", async (code, result) => {
  const { reply, ...shown } = await kernel.execute(code);
  expect(reply.status).toBe("ok");
  if (result === "Object {}") expect(shown.result).toBeTypeOf("string");
  else expect(shown.result).toBe(result);
});

test("a later cell sees variables, functions, classes and types, and may declare them again", async () => {
  await kernel.execute(
    "let n: number = 1; function twice(x: number) { return 2 * x } class P { v = 3 } type T = { a: string }",
  );
  expect((await kernel.execute("n++; const t: T = { a: 'z' }; [twice(n), new P().v, t.a]")).result).toBe(
    "[ 4, 3, 'z' ]",
  );
  expect((await kernel.execute("const n = 'now a string'; n.length")).result).toBe("12");
});

test("an earlier variable works in shorthand properties and destructuring", async () => {
  await kernel.execute("let left = 1, right = 2");
  expect((await kernel.execute("const both = { left, right }; both")).result).toBe("{ left: 1, right: 2 }");
  expect((await kernel.execute("({ left } = { left: 5 }); left")).result).toBe("5");
});

test("a top-level for await loop runs", async () => {
  const { stdout, reply } = await kernel.execute(
    "async function* count() { yield 1; yield 2 }\nfor await (const n of count()) console.log(n)",
  );
  expect(reply.status).toBe("ok");
  expect(stdout).toBe("1\n2\n");
});

test("a cell that fails keeps what it had declared by then", async () => {
  const { reply } = await kernel.execute(
    "const kept = 41; const alsoKept = kept + 1; throw new Error('late')",
  );
  expect(reply).toMatchObject({ status: "error", ename: "Error", evalue: "late" });
  expect((await kernel.execute("alsoKept")).result).toBe("42");
});

test("type checking is not strict, but wrong types are errors", async () => {
  expect((await kernel.execute("function loose(x) { return x }; let nothing: string = null; 1")).result).toBe(
    "1",
  );
  expect((await kernel.execute("const s: string = 1")).reply.ename).toBe("CompileError");
});

test("silent cells show no input and no value, and count nothing", async () => {
  const before = (await kernel.execute("1")).reply.execution_count;
  const silent = await kernel.execute("2", { content: { silent: true } });
  expect(silent.messages).toEqual([]);
  expect((await kernel.execute("3")).reply.execution_count).toBe(before + 1);
});

test("store_history: false runs a cell that neither counts nor enters the history", async () => {
  const before = (await kernel.execute("'stored'")).reply.execution_count;
  expect((await kernel.execute("'unstored'", { content: { store_history: false } })).result).toBe(
    "'unstored'",
  );
  const history = await kernel.request("history_request", { hist_access_type: "tail", n: 1, output: false });
  expect(history.reply.history).toEqual([[expect.any(Number), before, "'stored'"]]);
});

test("user expressions are evaluated after the cell, each with its own outcome", async () => {
  const { reply } = await kernel.execute("const base = 20", {
    content: { user_expressions: { good: "base + 1", thrown: "(null as any).x", wrong: "base +" } },
  });
  expect(reply.status).toBe("ok");
  expect(reply.user_expressions.good).toMatchObject({ status: "ok", data: { "text/plain": "21" } });
  expect(reply.user_expressions.thrown).toMatchObject({ status: "error", ename: "TypeError" });
  expect(reply.user_expressions.wrong).toMatchObject({ status: "error", ename: "CompileError" });
});

test("an error aborts exactly the cells that have come; a later one runs", async () => {
  const request = { silent: false, store_history: true, allow_stdin: false };
  const failing = await kernel.send("execute_request", {
    ...request,
    code: "await new Promise((r) => setTimeout(r, 300)); throw new Error('stop')",
  });
  const waiting = await kernel.send("execute_request", { ...request, code: "'waited'" });
  expect((await kernel.finished(failing)).reply.status).toBe("error");
  expect((await kernel.finished(waiting)).reply.status).toBe("aborted");
  expect((await kernel.execute("'after'")).result).toBe("'after'");
});

test("a silent request that fails aborts nothing", async () => {
  const failing = await kernel.send("execute_request", {
    code: "await new Promise((r) => setTimeout(r, 300)); throw new Error('a front end own')",
    silent: true,
  });
  const waiting = await kernel.send("execute_request", { code: "'ran'" });
  expect((await kernel.finished(failing)).reply.status).toBe("error");
  expect((await kernel.finished(waiting)).result).toBe("'ran'");
});

test("with stop_on_error: false the cells that wait run all the same", async () => {
  const failing = await kernel.send("execute_request", {
    code: "await new Promise((r) => setTimeout(r, 300)); throw new Error('go on')",
    stop_on_error: false,
  });
  const waiting = await kernel.send("execute_request", { code: "'ran'" });
  await kernel.finished(failing);
  expect((await kernel.finished(waiting)).result).toBe("'ran'");
});

test("an error in a timer or an unhandled rejection is shown and does not end the kernel", async () => {
  await kernel.execute(
    "setTimeout(() => { throw new Error('from a timer') }, 10); Promise.reject(new Error('unheard'));",
  );
  await kernel.message((each) => each.type === "stream" && each.content.text.includes("from a timer"));
  const message = await kernel.message(
    (each) => each.type === "stream" && each.content.text.includes("unheard"),
  );
  expect(message.content.name).toBe("stderr");
  expect((await kernel.execute("'alive'")).result).toBe("'alive'");
});

test("a cell gets an answer to input() and to prompt(), and a password is asked as such", async () => {
  const answer = async (code: string, value: string) => {
    const id = await kernel.send("execute_request", { code, allow_stdin: true });
    const question = await kernel.message((each) => each.type === "input_request" && each.parentId === id);
    await kernel.send("input_reply", { value }, "stdin");
    return { question: question.content, result: (await kernel.finished(id)).result };
  };
  expect(await answer("await input('Name? ')", "Ada")).toEqual({
    question: { prompt: "Name? ", password: false },
    result: "'Ada'",
  });
  expect((await answer("await input('Key? ', { password: true })", "s")).question.password).toBe(true);
  expect((await answer("prompt('Now? ')", "yes")).result).toBe("'yes'");
});

test("a question ends with its cell: the next cell asks anew, and a late answer does not reach it", async () => {
  const ask = async (code: string) => {
    const id = await kernel.send("execute_request", { code, allow_stdin: true });
    await kernel.message((each) => each.type === "input_request" && each.parentId === id);
    return id;
  };
  const first = await ask("const unanswered = input('a? '); await new Promise((r) => setTimeout(r, 200)); 1");
  expect((await kernel.finished(first)).result).toBe("1");
  const thrown = await ask("void input('b? '); await new Promise((r) => setTimeout(r, 200)); throw 1");
  expect((await kernel.finished(thrown)).reply.status).toBe("error");
  for (const code of ["await input('c? ')", "prompt('d? ')"]) {
    const next = await ask(code);
    await kernel.send("input_reply", { value: "late" }, "stdin", { parent: { msg_id: first } });
    await kernel.send("input_reply", { value: "mine" }, "stdin", { parent: { msg_id: next } });
    expect((await kernel.finished(next)).result).toBe("'mine'");
  }
  const { result } = await kernel.execute("await unanswered.catch((error) => error.message)");
  expect(result).toMatch(/cell ended before input\("a\? "\) was answered/);
});

test("input() is refused where the front end cannot ask", async () => {
  const { reply } = await kernel.execute("await input('?')");
  expect(reply.status).toBe("error");
  expect(reply.evalue).toMatch(/cannot ask for input/);
});
