import { afterAll, beforeAll, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient();
});
afterAll(() => kernel.close());

test("display shows a value as text and a raw bundle as it is", async () => {
  const { messages, result } = await kernel.execute(
    'display({ a: 1 }); display({ "text/html": "<b>x</b>" }, { raw: true, metadata: { m: 1 } })',
  );
  const displays = messages.filter((each) => each.type === "display_data").map((each) => each.content);
  expect(displays.map((each) => each.data)).toEqual([
    { "text/plain": "{ a: 1 }" },
    { "text/html": "<b>x</b>" },
  ]);
  expect(displays[1]?.metadata).toEqual({ m: 1 });
  expect(result).toBeUndefined();
});

test("a display is updated through its handle, and by name from another cell", async () => {
  const { messages } = await kernel.execute(
    "const bar = display('0 %', { display_id: 'bar' }); bar.update('50 %');",
  );
  expect(
    messages.slice(1).map(({ type, content }) => [type, content.transient.display_id, content.data]),
  ).toEqual([
    ["display_data", "bar", { "text/plain": "'0 %'" }],
    ["update_display_data", "bar", { "text/plain": "'50 %'" }],
  ]);
  const later = await kernel.execute("display('done', { display_id: 'bar', update: true });");
  expect(later.messages[1]).toMatchObject({
    type: "update_display_data",
    content: { transient: { display_id: "bar" } },
  });
});

test("a value says itself how it is shown; text is added when it forgets", async () => {
  const { messages } = await kernel.execute(
    "class Card { [Symbol.for('Jupyter.display')]() { return { 'text/html': '<i>card</i>' } } }\nnew Card()",
  );
  const result = messages.find((each) => each.type === "execute_result");
  expect(result?.content.data).toEqual({ "text/html": "<i>card</i>", "text/plain": "Card {}" });
});

test("a value that gives a promise of its bundle is shown before the cell goes idle", async () => {
  const slow =
    "({ async [Symbol.for('Jupyter.display')]() { await new Promise((r) => setTimeout(r, 50)); return { 'text/markdown': '**x**' } } })";
  const shown = await kernel.execute(`display(${slow}); 0`);
  expect(shown.messages.find((each) => each.type === "display_data")?.content.data["text/markdown"]).toBe(
    "**x**",
  );
  const result = await kernel.execute(slow);
  expect(result.messages.at(-1)?.content.data["text/markdown"]).toBe("**x**");
});

test("an empty bundle shows nothing", async () => {
  const { messages } = await kernel.execute(
    "const hidden = { [Symbol.for('Jupyter.display')]: () => ({}) }; display(hidden); hidden",
  );
  expect(messages.map((each) => each.type)).toEqual(["execute_input"]);
});

test("a value that fails to show itself is shown as text, and why stands on stderr", async () => {
  const { result, stderr, reply } = await kernel.execute(
    "({ a: 1, [Symbol.for('Jupyter.display')]() { throw new Error('no picture') } })",
  );
  expect(reply.status).toBe("ok");
  expect(result).toMatch(/a: 1/);
  expect(stderr).toMatch(/no picture/);
});

test("raw with something that is no bundle is an error that says so", async () => {
  const { reply } = await kernel.execute("display('text', { raw: true })");
  expect(reply.evalue).toMatch(/takes a MIME bundle; it got 'text'/);
});

test("what a cell's end callbacks show comes before its error and its idle", async () => {
  const host = `globalThis[Symbol.for("claude-notebook.notebook-host")]`;
  const { messages } = await kernel.execute(
    `const cell = ${host}.currentCell();
     cell.onEnd(async (outcome) => { await Promise.resolve(); cell.display({ "text/plain": outcome }); });
     cell.onEnd(() => { throw new Error("callback") });
     throw new Error("cell")`,
  );
  expect(messages.map((each) => each.type)).toEqual(["execute_input", "stream", "display_data", "error"]);
  expect(messages[2]?.content.data).toEqual({ "text/plain": "error" });
});

test("a cell's handle shows late displays under that cell, while another runs", async () => {
  const host = `globalThis[Symbol.for("claude-notebook.notebook-host")]`;
  const first = await kernel.execute(
    `{ const cell = ${host}.currentCell(); setTimeout(() => cell.display({ "text/plain": "late one" }), 200); }`,
  );
  await kernel.execute("await new Promise((r) => setTimeout(r, 500))");
  const late = await kernel.message((each) => each.content.data?.["text/plain"] === "late one");
  expect(late.parentId).toBe(first.id);
});
