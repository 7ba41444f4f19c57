import { expect, test } from "vitest";
import { createCellJournal } from "../../../kernel/run/cell-journal.js";

const open = () => createCellJournal({ write() {}, publish() {} });
const cell = { id: "a", executionCount: 1 };

test("notes what a cell printed and showed, and how it ended", () => {
  const { journal, output } = open();
  journal.begin(cell, "go()");
  output.write("a", "stdout", "hello ");
  output.write("a", "stderr", "world");
  output.publish("a", "display_data", { data: { "text/plain": "p", "text/html": "<p>" } });
  expect(journal.entries).toMatchObject([
    {
      executionCount: 1,
      code: "go()",
      state: "running",
      text: "hello world",
      bundles: [{ "text/plain": "p" }],
    },
  ]);
  expect(journal.entries[0]!.bundles[0]).not.toHaveProperty("text/html");
  output.publish("a", "error", { ename: "E", evalue: "v", traceback: [] });
  journal.end("a");
  expect(journal.entries[0]).toMatchObject({ state: "failed", error: { ename: "E" } });
});

test("an update takes the place of its display, and a cleared cell is empty", () => {
  const { journal, output } = open();
  journal.begin(cell, "");
  const show = (type: string, text: string) =>
    output.publish("a", type, { data: { "text/plain": text }, transient: { display_id: "d" } });
  show("display_data", "0 %");
  show("update_display_data", "50 %");
  expect(journal.entries[0]!.bundles).toEqual([{ "text/plain": "50 %" }]);
  output.publish("a", "clear_output", { wait: false });
  expect(journal.entries[0]).toMatchObject({ text: "", bundles: [] });
});

test("Claude's own answers and displays of many megabytes are left out", () => {
  const { journal, output } = open();
  journal.begin(cell, "");
  output.publish("a", "display_data", {
    data: { "application/vnd.claude-notebook.v1+json": {}, "text/plain": "an answer" },
  });
  output.publish("a", "display_data", {
    data: { "image/png": "x".repeat(5_000_000), "text/plain": "figure" },
  });
  expect(journal.entries[0]!.bundles).toEqual([{ "text/plain": "figure" }]);
});

test("what is shown while some work runs is told apart", async () => {
  const { journal, output } = open();
  journal.begin(cell, "");
  output.write("a", "stdout", "before ");
  const { output: during } = await journal.during("a", async () => output.write("a", "stdout", "during"));
  output.write("a", "stdout", " after");
  expect(during.text).toBe("during");
  expect(journal.entries[0]!.text).toBe("before during after");
});

test("keeps the last hundred cells, and of much text the end", () => {
  const { journal, output } = open();
  for (let i = 0; i < 150; i++) journal.begin({ id: String(i), executionCount: i }, "");
  expect(journal.entries.map(({ executionCount }) => executionCount)).toEqual(
    Array.from({ length: 100 }, (_, i) => i + 50),
  );
  for (let i = 0; i < 1000; i++) output.write("149", "stdout", `${i} `.repeat(1000));
  const { text } = journal.entries.at(-1)!;
  expect(text.length).toBeLessThanOrEqual(200_000);
  expect(text.endsWith("999 ")).toBe(true);
});

test("what is kept of a display does not change with the object that was shown, nor hold on to it", () => {
  const { journal, output } = open();
  journal.begin(cell, "");
  const shown = { rows: [1] };
  output.publish("a", "display_data", { data: { "application/json": shown } });
  shown.rows.push(2);
  Object.assign(shown, { self: shown });
  expect(journal.entries[0]!.bundles).toEqual([{ "application/json": '{"rows":[1]}' }]);
});

test("a text as long as texts can be is printed, and its end is kept without the rest of it", () => {
  const { journal, output } = open();
  journal.begin(cell, "");
  output.write("a", "stdout", "before ".repeat(30_000));
  // The longest that V8 makes: together with the text before it could not be joined.
  output.write("a", "stdout", `${"x".repeat(2 ** 29 - 34)}end`);
  expect(journal.entries[0]!.text.endsWith("xend")).toBe(true);
});

test("an update reaches its display in whichever cell it stands, and none without a name", () => {
  const { journal, output } = open();
  const show = (id: string, type: string, text: string, display_id?: string) =>
    output.publish(id, type, { data: { "text/plain": text }, transient: { display_id } });
  journal.begin(cell, "");
  show("a", "display_data", "0 %", "d");
  show("a", "display_data", "other");
  journal.begin({ id: "b", executionCount: 2 }, "");
  show("b", "update_display_data", "50 %", "d");
  show("b", "update_display_data", "nobody's");
  expect(journal.entries.map(({ bundles }) => bundles)).toEqual([
    [{ "text/plain": "50 %" }, { "text/plain": "other" }],
    [],
  ]);
});

test("an output that is to be cleared by the next stays until then", () => {
  const { journal, output } = open();
  journal.begin(cell, "");
  output.write("a", "stdout", "last");
  output.publish("a", "clear_output", { wait: true });
  expect(journal.entries[0]!.text).toBe("last");
  output.write("a", "stdout", "next");
  expect(journal.entries[0]!.text).toBe("next");
});

test("figures of many cells are kept up to a total: the oldest go first, cells and their code stay", () => {
  const { journal, output } = open();
  for (let i = 0; i < 20; i++) {
    journal.begin({ id: String(i), executionCount: i }, `plot(${i})`);
    output.publish(String(i), "display_data", { data: { "image/png": "x".repeat(3_000_000) } });
  }
  const kept = journal.entries.filter(({ bundles }) => bundles.length > 0).map(({ code }) => code);
  expect([journal.entries.length, kept.length, kept.at(-1)]).toEqual([20, 10, "plot(19)"]);
});

test("a gigantic error is kept shortened", () => {
  const { journal, output } = open();
  journal.begin(cell, "y".repeat(5_000_000));
  const evalue = "e".repeat(5_000_000);
  output.publish("a", "error", { ename: "E", evalue, traceback: [evalue] });
  expect(JSON.stringify(journal.entries).length).toBeLessThan(1_000_000);
});
