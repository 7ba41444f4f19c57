import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findJsonError } from "../../../kernel/notebook/find-json-error.js";
import { formatNotebook } from "../../../kernel/notebook/format-notebook.js";
import { isCodeCell, type Notebook } from "../../../kernel/notebook/notebook.js";
import { parseNotebook, readNotebook } from "../../../kernel/notebook/read-notebook.js";
import { writeNotebook } from "../../../kernel/notebook/write-notebook.js";
import { checkWritable } from "../../../kernel/notebook/write-output.js";

const folder = mkdtempSync(join(tmpdir(), "cn-notebook-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "fixtures", name), "utf8");
const notebook = (cells: object[], rest: object = {}): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells, ...rest });

describe("reading", () => {
  test("joins lines of sources, streams, bundles and attachments, and leaves JSON types alone", () => {
    const { cells } = parseNotebook(
      notebook([
        {
          cell_type: "code",
          source: ["a\n", "b"],
          outputs: [
            { output_type: "stream", name: "stdout", text: ["1\n", "2\n"] },
            {
              output_type: "display_data",
              data: { "text/html": ["<p>", "</p>"], "application/json": ["x", "y"] },
            },
          ],
        },
        { cell_type: "markdown", source: "# t", attachments: { "a.png": { "image/png": ["AA", "BB"] } } },
      ]),
      "n.ipynb",
    );
    expect(cells[0]).toMatchObject({
      source: "a\nb",
      execution_count: null,
      metadata: {},
      outputs: [
        { text: "1\n2\n" },
        { data: { "text/html": "<p></p>", "application/json": ["x", "y"] }, metadata: {} },
      ],
    });
    expect(cells[1]).toMatchObject({ attachments: { "a.png": { "image/png": "AABB" } } });
  });

  test("keeps fields and kinds of cells that it does not know", () => {
    const parsed = parseNotebook(
      notebook([{ cell_type: "future", source: "", metadata: {}, extra: { deep: [1] } }], { custom: true }),
      "n.ipynb",
    );
    expect(parsed).toMatchObject({ custom: true, cells: [{ cell_type: "future", extra: { deep: [1] } }] });
  });

  test("a byte order mark is no error", () => {
    expect(parseNotebook(`\uFEFF${notebook([])}`, "n.ipynb").cells).toEqual([]);
  });

  test.each([
    ["an empty file", "", "notebook-not-json", "is empty"],
    ["text", "hello", "notebook-not-json", "line 1, column 1"],
    ["JSON that breaks off", '{"nbformat": 4,\n "cells": [', "notebook-not-json", "line 2, column 12"],
    ["a trailing comma", '{\n "a": 1,\n}', "notebook-not-json", "line 3, column 1"],
    ["another JSON file", '{"name": "x"}', "notebook-invalid", 'no "nbformat"'],
    ["a JSON list", "[]", "notebook-invalid", 'no "nbformat"'],
    ["nbformat 3", '{"nbformat": 3, "worksheets": []}', "notebook-version", "nbformat 3"],
    ["nbformat 5", '{"nbformat": 5}', "notebook-version", "nbformat 5"],
    ["cells that are no list", '{"nbformat": 4, "cells": {}}', "notebook-invalid", "at cells:"],
    ["a cell without a source", notebook([{ cell_type: "markdown" }]), "notebook-invalid", "cells[0].source"],
    [
      "an output of a wrong shape",
      notebook([{ cell_type: "code", source: "", outputs: [{ output_type: "stream", name: "stdout" }] }]),
      "notebook-invalid",
      "cells[0].outputs[0].text",
    ],
  ])("%s is refused with the reason", (_title, text, code, words) => {
    expect(() => parseNotebook(text, "n.ipynb")).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words) }),
    );
  });

  test("an older or newer nbformat comes with the command that converts it", () => {
    expect(() => parseNotebook('{"nbformat": 3}', "old.ipynb")).toThrow(
      expect.objectContaining({
        hints: [expect.stringContaining("jupyter nbconvert --to notebook --nbformat 4 old.ipynb")],
      }),
    );
  });

  test("a merge conflict is named", () => {
    expect(() => parseNotebook('{\n<<<<<<< HEAD\n "a": 1\n=======\n>>>>>>> x\n}', "n.ipynb")).toThrow(
      expect.objectContaining({ hints: [expect.stringContaining("merge conflict")] }),
    );
  });

  test("a missing file and a folder are named", async () => {
    await expect(readNotebook(join(folder, "no.ipynb"))).rejects.toMatchObject({
      code: "notebook-not-found",
    });
    await expect(readNotebook(folder)).rejects.toMatchObject({
      code: "notebook-unreadable",
      message: expect.stringContaining("it is a folder"),
    });
  });

  test("a file nested a hundred thousand deep is refused, not a crash", () => {
    expect(() => parseNotebook("[".repeat(100_000), "n.ipynb")).toThrow(
      expect.objectContaining({ code: "notebook-not-json" }),
    );
  });
});

describe("findJsonError", () => {
  test.each(["{}", "[]", ' [1, -2.5e+3, "\\u00e9\\n", {"a": [true, false, null]}] ', '"x"', "0"])(
    "finds nothing in %s",
    (text) => {
      expect(findJsonError(text)).toBeUndefined();
      expect(() => JSON.parse(text)).not.toThrow();
    },
  );

  test.each([
    "",
    "{",
    "[1,]",
    '{"a" 1}',
    "{'a': 1}",
    "01",
    "1 2",
    '"\n"',
    "[1 2]",
    "nul",
    '{"a":}',
    "]",
    '["\\x"]',
  ])("finds something in %j, as JSON.parse does", (text) => {
    expect(findJsonError(text)).toBeDefined();
    expect(() => JSON.parse(text)).toThrow();
  });
});

describe("writing", () => {
  test("gives back byte for byte what nbformat wrote", () => {
    const text = fixture("written-by-nbformat.ipynb");
    expect(formatNotebook(parseNotebook(text, "n.ipynb"))).toBe(text);
  });

  test("cells without ids get ids that depend on the content alone, and never collide", () => {
    const text = notebook(
      [1, 2, 2].map((n) => ({ cell_type: "code", source: `${n}` })),
      { nbformat_minor: 2 },
    );
    const [first, second] = [0, 1].map(() => formatNotebook(parseNotebook(text, "n.ipynb")));
    expect(first).toBe(second);
    const { cells, nbformat_minor } = parseNotebook(first!, "n.ipynb");
    expect(nbformat_minor).toBe(5);
    expect(new Set(cells.map((cell) => cell.id)).size).toBe(3);
    for (const { id } of cells) expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
  });

  test("a newer minor version stays", () => {
    expect(
      parseNotebook(formatNotebook(parseNotebook(notebook([], { nbformat_minor: 7 }), "n")), "n"),
    ).toMatchObject({
      nbformat_minor: 7,
    });
  });

  test("replaces the file as a whole, keeps its mode and a link to it, and leaves no other file", async () => {
    const real = join(folder, "real.ipynb");
    const link = join(folder, "link.ipynb");
    writeFileSync(real, "old", { mode: 0o640 });
    symlinkSync(real, link);
    await writeNotebook(link, parseNotebook(notebook([]), "n"));
    expect(parseNotebook(readFileSync(real, "utf8"), "n").cells).toEqual([]);
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(["link.ipynb", "real.ipynb"]);
  });

  test.each([
    ["a folder", () => folder, "it is a folder"],
    ["a file in a folder that is not there", () => join(folder, "no", "x.html"), "no such file or folder"],
    ["a file below a file", () => join(folder, "real.ipynb", "x.html"), "not a folder"],
  ])("%s is refused before the work begins", async (_title, path, reason) => {
    await expect(checkWritable(path())).rejects.toMatchObject({
      code: "output-unwritable",
      message: expect.stringContaining(reason),
    });
  });

  test("a device is written to, not replaced", async () => {
    await checkWritable("/dev/null");
    await writeNotebook("/dev/null", parseNotebook(notebook([]), "n"));
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});

test("isCodeCell tells cells apart", () => {
  const { cells } = parseNotebook(
    notebook([
      { cell_type: "code", source: "" },
      { cell_type: "raw", source: "" },
    ]),
    "n",
  );
  expect(cells.map(isCodeCell)).toEqual([true, false]);
});

test("a notebook that no text is long enough for is a clear error, and what was saved before stays", async () => {
  const path = join(folder, "too-long.ipynb");
  writeFileSync(path, "saved before");
  const tooLong = {
    toJSON: () => {
      // As V8 does for a text of more than half a billion characters.
      throw new RangeError("Invalid string length");
    },
  };
  const notebook: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: { tooLong }, cells: [] };
  await expect(writeNotebook(path, notebook)).rejects.toMatchObject({
    code: "output-unwritable",
    message: expect.stringMatching(/its outputs are longer than \d+ million characters/),
  });
  expect(readFileSync(path, "utf8")).toBe("saved before");
});
