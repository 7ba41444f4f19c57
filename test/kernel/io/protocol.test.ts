import { afterAll, beforeAll, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
});
afterAll(() => kernel.close());

test("kernel_info names the language the way front ends and nbconvert need it", async () => {
  const { reply } = await kernel.request("kernel_info_request");
  expect(reply).toMatchObject({
    status: "ok",
    protocol_version: "5.5",
    implementation: "claude-notebook",
    language_info: {
      name: "typescript",
      version: process.env.CLAUDE_NOTEBOOK_ENGINE === "tslab" ? "5.0.4" : "7.0.2",
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      nbconvert_exporter: "script",
      codemirror_mode: "typescript",
    },
  });
});

test("connect_request is answered with the ports", async () => {
  const { reply } = await kernel.request("connect_request");
  expect(kernel.iopubAddress).toBe(`tcp://127.0.0.1:${reply.iopub_port}`);
});

test("kernel_info, history, completion and heartbeat are answered while a cell loops, and busy is said again", async () => {
  const id = await kernel.send("execute_request", {
    code: "console.log('go'); const end = Date.now() + 3000; while (Date.now() < end) {}",
  });
  await kernel.message((each) => each.parentId === id && each.type === "stream");
  await kernel.heartbeat();
  await kernel.request("kernel_info_request");
  await kernel.request("history_request", { hist_access_type: "tail", n: 1 });
  const { reply } = await kernel.request("complete_request", { code: "Math.flo", cursor_pos: 8 });
  expect(reply.matches).toEqual(["floor"]);
  const lastStatus = () => kernel.iopub.filter((each) => each.type === "status").at(-1);
  await expect.poll(lastStatus).toMatchObject({ parentId: id, content: { execution_state: "busy" } });
  expect((await kernel.finished(id)).reply.status).toBe("ok");
});

test("completion offers members with their kinds and replaces what was typed", async () => {
  const code = "const people = ['a']; people.fil";
  const { reply } = await kernel.request("complete_request", { code, cursor_pos: code.length });
  expect(reply).toMatchObject({ matches: ["fill", "filter"], cursor_start: 29, cursor_end: 32 });
  expect(reply.metadata._jupyter_types_experimental[0]).toMatchObject({ text: "fill", type: "method" });
});

test("completion counts code points and knows the variables of earlier cells", async () => {
  await kernel.execute("const fromEarlier = { inner: 1 }");
  const code = "'😀😀'; fromEarlier.inn";
  const { reply } = await kernel.request("complete_request", { code, cursor_pos: [...code].length });
  expect(reply).toMatchObject({ matches: ["inner"], cursor_start: 18, cursor_end: 21 });
});

test("completion in the middle of broken code is answered", async () => {
  const { reply } = await kernel.request("complete_request", {
    code: "function ( { ] consol",
    cursor_pos: 21,
  });
  expect(reply.status).toBe("ok");
});

test("inspection shows signature and documentation as text and markdown", async () => {
  const { reply } = await kernel.request("inspect_request", {
    code: "Math.floor",
    cursor_pos: 10,
    detail_level: 0,
  });
  expect(reply).toMatchObject({ status: "ok", found: true });
  expect(reply.data["text/plain"]).toContain("(method) Math.floor(x: number): number");
  expect(reply.data["text/markdown"]).toContain("```typescript");
  expect(reply.data["text/markdown"]).toContain("Returns the greatest integer");
});

test("inspection of nothing finds nothing", async () => {
  const { reply } = await kernel.request("inspect_request", { code: "   ", cursor_pos: 1, detail_level: 0 });
  expect(reply).toEqual({ status: "ok", found: false, data: {}, metadata: {} });
});

test.each([
  ["1 + 1", "complete"],
  ["", "complete"],
  ["for await (const x of []) {}", "complete"],
  ["function f() {", "incomplete"],
  ["`open", "incomplete"],
  ["/* open", "incomplete"],
  ["const a = [1,", "incomplete"],
  ["let = = 3", "invalid"],
  [")", "invalid"],
])("is_complete says of `%s`: %s", async (code, status) => {
  expect((await kernel.request("is_complete_request", { code })).reply.status).toBe(status);
});

test("an incomplete block asks for an indented line", async () => {
  expect((await kernel.request("is_complete_request", { code: "if (true) {" })).reply.indent).toBe("  ");
});

test("history gives the tail, a range, and what matches a pattern", async () => {
  const { reply } = await kernel.execute("'needle one'");
  await kernel.execute("'needle two'");
  await kernel.execute("'needle one'");
  const ask = async (content: object) => (await kernel.request("history_request", content)).reply.history;
  const n = reply.execution_count;
  expect(await ask({ hist_access_type: "tail", n: 2, output: true })).toEqual([
    [1, n + 1, ["'needle two'", null]],
    [1, n + 2, ["'needle one'", null]],
  ]);
  expect(await ask({ hist_access_type: "range", session: 0, start: n, stop: n + 1 })).toEqual([
    [1, n, "'needle one'"],
  ]);
  expect(await ask({ hist_access_type: "search", pattern: "*needle*", n: 10 })).toHaveLength(3);
  expect(await ask({ hist_access_type: "search", pattern: "'needle o?e'", unique: true })).toHaveLength(1);
});

test("comms go both ways with buffers, also while a cell runs", async () => {
  const { comms } = { comms: `globalThis[Symbol.for("claude-notebook.notebook-host")].comms` };
  await kernel.execute(
    `${comms}.register("echo", (comm, open) => {
       comm.onMessage((m) => comm.send({ got: m.data }, { buffers: m.buffers }));
       comm.onClose(() => console.log("closed"));
       comm.send({ opened: open.data });
     });`,
  );
  await kernel.send("comm_open", { comm_id: "c1", target_name: "echo", data: { hi: 1 } });
  await kernel.message((each) => each.type === "comm_msg" && each.content.data.opened?.hi === 1);

  const running = await kernel.send("execute_request", {
    code: "console.log('go'); await new Promise((r) => setTimeout(r, 1000))",
  });
  await kernel.message((each) => each.parentId === running && each.type === "stream");
  const buffers = [Buffer.from([1, 2, 3])];
  const ping = await kernel.send("comm_msg", { comm_id: "c1", data: "ping" }, "shell", { buffers });
  const echo = await kernel.message((each) => each.type === "comm_msg" && each.content.data.got === "ping");
  // What a handler sends answers the message, not the cell that happens to run.
  expect(echo.parentId).toBe(ping);
  expect(echo.buffers[0]).toEqual(buffers[0]);
  expect((await kernel.request("comm_info_request", {})).reply.comms).toEqual({
    c1: { target_name: "echo" },
  });
  expect((await kernel.request("comm_info_request", { target_name: "other" })).reply.comms).toEqual({});
  await kernel.send("comm_close", { comm_id: "c1", data: {} });
  await kernel.message((each) => each.type === "stream" && each.content.text.includes("closed"));
  await kernel.finished(running);
  expect((await kernel.request("comm_info_request", {})).reply.comms).toEqual({});
});

test("a comm whose target throws is closed again and not listed", async () => {
  const host = `globalThis[Symbol.for("claude-notebook.notebook-host")]`;
  await kernel.execute(`${host}.comms.register("broken", () => { throw new Error("no such view"); });`);
  await kernel.send("comm_open", { comm_id: "b1", target_name: "broken", data: {} });
  await kernel.message((each) => each.type === "comm_close" && each.content.comm_id === "b1");
  await kernel.message((each) => each.type === "stream" && each.content.text.includes("no such view"));
  expect((await kernel.request("comm_info_request", {})).reply.comms).toEqual({});
});

test("50 comm messages sent at once are all echoed while a cell runs", async () => {
  const host = `globalThis[Symbol.for("claude-notebook.notebook-host")]`;
  await kernel.execute(
    `${host}.comms.register("parallel", (comm) => comm.onMessage((m) => comm.send({ echo: m.data }, { buffers: m.buffers })));`,
  );
  await kernel.send("comm_open", { comm_id: "p", target_name: "parallel", data: {} });
  const running = await kernel.send("execute_request", {
    code: "console.log('go'); await new Promise((r) => setTimeout(r, 60_000))",
  });
  await kernel.message((each) => each.parentId === running && each.type === "stream");
  const numbers = Array.from({ length: 50 }, (_, i) => i);
  await Promise.all(
    numbers.map((i) =>
      kernel.send("comm_msg", { comm_id: "p", data: i }, "shell", { buffers: [Buffer.alloc(1000, i)] }),
    ),
  );
  await kernel.message((each) => each.type === "comm_msg" && each.content.data.echo === 49);
  const echoes = kernel.iopub.filter((each) => each.type === "comm_msg" && "echo" in each.content.data);
  expect(echoes.map((each) => each.content.data.echo)).toEqual(numbers);
  expect(echoes.every((each, i) => each.buffers[0]?.equals(Buffer.alloc(1000, i)))).toBe(true);
  // All this before the cell was done.
  await kernel.request("interrupt_request", {}, "control");
  expect((await kernel.finished(running)).reply.ename).toBe("KeyboardInterrupt");
});

test("two clients at once get their own replies, and both see what either runs", async () => {
  const other = await kernel.connect();
  try {
    const [mine, theirs] = await Promise.all([
      kernel.execute("console.log('from one'); 'one'"),
      other.execute("console.log('from two'); 'two'"),
    ]);
    expect([mine.result, theirs.result]).toEqual(["'one'", "'two'"]);
    for (const client of [kernel, other]) {
      await client.message((each) => each.parentId === mine.id && each.content.text === "from one\n");
      await client.message((each) => each.parentId === theirs.id && each.content.text === "from two\n");
    }
    // A question goes to the client whose cell asks.
    const asking = await other.send("execute_request", { code: "await input('who? ')", allow_stdin: true });
    const question = await other.message((each) => each.type === "input_request");
    expect(kernel.questions).toEqual([]);
    await other.send("input_reply", { value: "two" }, "stdin", { parent: { msg_id: question.parentId } });
    expect((await other.finished(asking)).result).toBe("'two'");
  } finally {
    await other.close();
  }
});

test("a comm of ipywidgets is answered, so that the front end logs no error", async () => {
  const id = "widget-1";
  await kernel.send("comm_open", { comm_id: id, target_name: "jupyter.widget.control", data: {} });
  const data = { method: "request_states" };
  await kernel.send("comm_msg", { comm_id: id, data });
  const answer = await kernel.message((each) => each.type === "comm_msg" && each.content.comm_id === id);
  expect(answer.content.data).toEqual({ method: "update_states", states: {}, buffer_paths: [] });
  await kernel.send("comm_close", { comm_id: id, data: {} });
});

test("a comm for a target nobody knows is closed", async () => {
  await kernel.send("comm_open", { comm_id: "c2", target_name: "nobody", data: {} });
  await kernel.message((each) => each.type === "comm_close" && each.content.comm_id === "c2");
});

test("debug_request is refused plainly", async () => {
  const { reply } = await kernel.request(
    "debug_request",
    { seq: 3, type: "request", command: "initialize" },
    "control",
  );
  expect(reply).toMatchObject({ status: "error", success: false, command: "initialize", request_seq: 3 });
});

test("a request without its code is refused, not fatal", async () => {
  for (const type of ["execute_request", "complete_request", "inspect_request", "is_complete_request"]) {
    expect((await kernel.request(type, { code: 7 })).reply.status).toBe("error");
  }
});

test("malformed, unsigned and repeated messages and unknown types are dropped with a log line; the next cell runs", async () => {
  const good = JSON.stringify({ msg_id: "x", msg_type: "execute_request" });
  await kernel.sendRaw(["no delimiter"]);
  await kernel.sendRaw(["<IDS|MSG>"]);
  await kernel.sendRaw(["<IDS|MSG>", "bad signature", good, "{}", "{}", '{"code":"globalThis.hacked = 1"}']);
  await kernel.sendRaw(["<IDS|MSG>", "", good, "{}", "{}", '{"code":"globalThis.hacked = 1"}'], "control");
  await kernel.sendRaw([Buffer.from([0xff, 0xfe]), "<IDS|MSG>", "{", "[", "", "\0"]);
  await kernel.send("no_such_type");
  expect((await kernel.execute("typeof (globalThis as any).hacked")).result).toBe("'undefined'");
  expect(kernel.log()).toMatch(/delimiter/);
  expect(kernel.log()).toMatch(/signature is wrong/);
  expect(kernel.log()).toMatch(/no_such_type/);
});
