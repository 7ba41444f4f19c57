import { expect, test } from "vitest";
import { applyOverwrites } from "../../../kernel/notebook/apply-overwrites.js";
import type { CodeCell } from "../../../kernel/notebook/notebook.js";
import { createOutputCollector } from "../../../kernel/notebook/output-collector.js";

function newCell(): CodeCell {
  return { cell_type: "code", source: "", metadata: {}, execution_count: null, outputs: [] };
}

/** Cells `a` and `b`, and a function that sends messages to them. */
function setUp() {
  const collector = createOutputCollector();
  const cells = { a: newCell(), b: newCell() };
  for (const [id, cell] of Object.entries(cells)) collector.expect(id, cell);
  const send = (cell: string, msg_type: string, content: object) =>
    collector.collect({ header: { msg_type }, parent_header: { msg_id: cell }, content });
  const stream = (cell: string, text: string, name = "stdout") => send(cell, "stream", { name, text });
  const show = (cell: string, text: string, display_id?: string, type = "display_data") =>
    send(cell, type, {
      data: { "text/plain": text },
      metadata: {},
      transient: display_id ? { display_id } : {},
    });
  const texts = (cell: CodeCell) =>
    cell.outputs.map((o) =>
      o.output_type === "stream" ? o.text : o.output_type === "error" ? o.evalue : o.data["text/plain"],
    );
  return { ...cells, send, stream, show, texts };
}

test("consecutive text of one stream is one output; another stream or a display begins a new one", () => {
  const { a, stream, show } = setUp();
  stream("a", "1\n");
  stream("a", "2\n");
  stream("a", "oh\n", "stderr");
  stream("a", "3\n");
  show("a", "x");
  stream("a", "4\n");
  expect(a.outputs.map((o) => [o.output_type, o.name, o.text])).toEqual([
    ["stream", "stdout", "1\n2\n"],
    ["stream", "stderr", "oh\n"],
    ["stream", "stdout", "3\n"],
    ["display_data", undefined, undefined],
    ["stream", "stdout", "4\n"],
  ]);
});

test("results, displays and errors are stored as nbformat has them, without transient data", () => {
  const { a, send } = setUp();
  send("a", "execute_input", { code: "1", execution_count: 7 });
  send("a", "execute_result", {
    data: { "text/plain": "1" },
    metadata: { m: 1 },
    execution_count: 7,
    transient: {},
  });
  send("a", "display_data", { data: { "text/plain": "2" }, metadata: {}, transient: { display_id: "d" } });
  send("a", "error", { ename: "E", evalue: "v", traceback: ["t"], status: "error" });
  expect(a.execution_count).toBe(7);
  expect(a.outputs).toEqual([
    { output_type: "execute_result", execution_count: 7, data: { "text/plain": "1" }, metadata: { m: 1 } },
    { output_type: "display_data", data: { "text/plain": "2" }, metadata: {} },
    { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
  ]);
});

test("an update changes every output with its display id, in all cells, and adds none", () => {
  const { a, b, show, texts } = setUp();
  show("a", "old", "d");
  show("a", "other", "e");
  show("b", "old", "d", "execute_result");
  show("b", "new", "d", "update_display_data");
  expect([texts(a), texts(b)]).toEqual([["new", "other"], ["new"]]);
});

test("a display with an id that was shown before updates the earlier ones too", () => {
  const { a, b, show, texts } = setUp();
  show("a", "1", "d");
  show("b", "2", "d");
  expect([texts(a), texts(b)]).toEqual([["2"], ["2"]]);
});

test("an update of an id that was never shown does nothing", () => {
  const { a, show } = setUp();
  show("a", "x", "nobody", "update_display_data");
  expect(a.outputs).toEqual([]);
});

test("clear_output clears at once, or before the next output with wait", () => {
  const { a, send, stream, texts } = setUp();
  stream("a", "1");
  send("a", "clear_output", { wait: false });
  expect(texts(a)).toEqual([]);
  stream("a", "2");
  send("a", "clear_output", { wait: true });
  expect(texts(a)).toEqual(["2"]);
  stream("a", "3");
  expect(texts(a)).toEqual(["3"]);
});

test("a waiting clear of one cell does not clear another", () => {
  const { a, b, send, stream, texts } = setUp();
  stream("a", "1");
  send("a", "clear_output", { wait: true });
  stream("b", "2");
  expect([texts(a), texts(b)]).toEqual([["1"], ["2"]]);
});

test("an output that was cleared is not updated any more", () => {
  const { a, show, send, texts } = setUp();
  show("a", "1", "d");
  send("a", "clear_output", { wait: false });
  show("a", "plain");
  show("a", "new", "d", "update_display_data");
  expect(texts(a)).toEqual(["plain"]);
});

test("output that comes after its cell has ended belongs to that cell", () => {
  const { a, b, stream, texts } = setUp();
  stream("a", "1\n");
  stream("b", "2\n");
  stream("a", "late\n");
  expect([texts(a), texts(b)]).toEqual([["1\nlate\n"], ["2\n"]]);
});

test("messages of nobody, of unknown kinds and without content are passed over", () => {
  const { a, send } = setUp();
  send("nobody", "stream", { name: "stdout", text: "x" });
  for (const type of ["status", "comm_open", "toString", "__proto__"]) send("a", type, {});
  expect(a.outputs).toEqual([]);
  send("a", "display_data", {});
  expect(a.outputs).toEqual([{ output_type: "display_data", data: {}, metadata: {} }]);
});

test.each([
  ["stream", { name: 7, text: "x" }],
  ["stream", { name: "stdout", text: { a: 1 } }],
  ["display_data", { data: { "text/plain": 5 }, metadata: {} }],
  ["display_data", { data: "text", metadata: {} }],
  ["display_data", { data: {}, metadata: [] }],
  ["execute_result", { data: {}, metadata: {}, execution_count: -1 }],
  ["execute_input", { code: "", execution_count: 1.5 }],
  ["error", { ename: 5, evalue: null, traceback: 5 }],
  ["clear_output", { wait: "yes" }],
])("a message %s with %j is left out, and stderr says so", (type, content) => {
  const { a, stream, send, texts } = setUp();
  stream("a", "before");
  send("a", type, content);
  expect(texts(a)).toEqual([
    "before",
    expect.stringContaining(`A message ${type} of the kernel was left out`),
  ]);
  expect(a.outputs[1]).toMatchObject({ output_type: "stream", name: "stderr" });
  expect(a.execution_count).toBeNull();
});

test("JSON is kept whatever it is; lists of lines become one text", () => {
  const { a, send } = setUp();
  const data = { "text/html": ["<b>", "</b>"], "application/json": [1], "application/x+json": null };
  send("a", "display_data", { data, metadata: null, transient: null });
  expect(a.outputs).toEqual([
    { output_type: "display_data", data: { ...data, "text/html": "<b></b>" }, metadata: {} },
  ]);
});

test("a progress bar is stored as it looks in the end, however it was cut", () => {
  const text = "start\n 10%\r 50%\r100%\nab\b\bxy done\r\nnext";
  for (let size = 1; size <= text.length; size++) {
    const { a, stream, texts } = setUp();
    for (let at = 0; at < text.length; at += size) stream("a", text.slice(at, at + size));
    expect(texts(a)).toEqual(["start\n100%\nxy done\nnext"]);
  }
});

test("a line that is begun again counts from there, as in nbclient", () => {
  expect(applyOverwrites("hello\rHE")).toBe("HE");
  expect(applyOverwrites("plain\n")).toBe("plain\n");
});
