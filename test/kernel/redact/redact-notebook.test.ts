import { describe, expect, test } from "vitest";
import { prepareNotebook } from "../../../kernel/export/prepare-notebook.js";
import { formatNotebook } from "../../../kernel/notebook/format-notebook.js";
import type { Notebook, Output } from "../../../kernel/notebook/notebook.js";
import { redactNotebook } from "../../../kernel/redact/redact-notebook.js";
import { redactTurns } from "../../../kernel/redact/redact-turns.js";
import { createRedactor } from "../../../kernel/redact/redactor.js";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import { RESPONSE_MIME } from "../../../renderers/response/parts.js";

// Put together here, so that scanners of this repository do not take them for real ones.
const key = `sk-ant-${"api03-abcDEF_123-xyz"}`;
const token = `ghp_${"0123456789abcdefghijABCDEFGHIJ012345"}`;
const env = { HOME: "/home/ann", SHOP_PASSWORD: "correct-horse-9" };

const notebook = (...outputs: Output[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { authors: [{ file: "/home/ann/shop.ipynb" }] },
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: "See /home/ann/shop" },
    { cell_type: "code", id: "b", metadata: { note: token }, source: `const key = "${key}";`, execution_count: 1, outputs },
  ],
}); // biome-ignore format: a cell a line
const display = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});
const redact = (source: Notebook) => {
  const redactor = createRedactor({ env });
  return { text: formatNotebook(redactNotebook(source, redactor)), report: redactor.report() };
};

describe("a notebook", () => {
  test.each<[string, Output]>([
    ["what a program printed", { output_type: "stream", name: "stdout", text: `key ${key}\n` }],
    [
      "what it printed in colour",
      { output_type: "stream", name: "stdout", text: `\u001b[32m${key}\u001b[0m` },
    ],
    ["an error", { output_type: "error", ename: "E", evalue: key, traceback: [`at ${key}`, "at b"] }],
    ["a plain text", display({ "text/plain": `"${key}"` })],
    [
      "HTML",
      display({
        "text/html": `<td>sk-ant-<b>api03</b>-abcDEF_123-xyz</td><a href="https://ann:${key}@x.y">z</a>`,
      }),
    ],
    ["HTML whose tags split it", display({ "text/html": `<b>${key.slice(0, 20)}</b>${key.slice(20)}` })],
    ["HTML of React's", display({ "text/html": `<p>${key.slice(0, 20)}<!-- -->${key.slice(20)}</p>` })],
    ["an entity in an attribute", display({ "text/html": `<img alt="&#115;${key.slice(1)}">` })],
    ["XML", display({ "application/xml": `<b>${key.slice(0, 20)}</b>${key.slice(20)}` })],
    ["markdown", display({ "text/markdown": `see **${key.slice(0, 20)}**${key.slice(20)}` })],
    ["an entity in markdown", display({ "text/markdown": `&#115;${key.slice(1)}` })],
    ["a sign that markdown escapes", display({ "text/markdown": key.replaceAll("_", "\\_") })],
    [
      "what colours split",
      { output_type: "stream", name: "stdout", text: `${key.slice(0, 20)}\u001b[31m${key.slice(20)}` },
    ],
    [
      "what stands right after a word in colour",
      { output_type: "stream", name: "stdout", text: `at\u001b[31m${key}` },
    ],
    [
      "a coloured traceback",
      {
        output_type: "error",
        ename: "E",
        evalue: "e",
        traceback: ["\u001b[0;31mE\u001b[0m: key", `\u001b[0;31m${key}\u001b[0m`],
      },
    ],
    [
      "a traceback whose colours split it",
      {
        output_type: "error",
        ename: "E",
        evalue: "e",
        traceback: [`T \u001b[1m${key.slice(0, 20)}\u001b[0m${key.slice(20)}`],
      },
    ],
    ["an error's name", { output_type: "error", ename: key, evalue: "e", traceback: [] }],
    ["a stream's name", { output_type: "stream", name: key, text: "x" }],
    ["a media type", display({ [`text/x.${key}`]: "x" })],
    ["a picture that is none", display({ "image/png": key })],
    ["a field that another program added", { ...display({}), extra: { note: key } }],
    ["an escape sequence in JSON", display({ "text/plain": `"line\\n${key}"` })],
    ["an escaped colour", display({ "text/plain": `'\\x1b[31m${key}'` })],
    ["an encoded address", display({ "text/plain": `https://x.y/?q=k%3D${key}` })],
    ["an address in HTML", display({ "text/html": '<a href="https://ann:pa55word9@x.y/z">z</a>' })],
    ["JSON", display({ "application/json": { deep: [{ text: `x ${key}` }] } })],
    ["a field of JSON by its name", display({ "application/json": { password: "hunter2hunter" } })],
    ["SVG", display({ "image/svg+xml": `<svg><text>${key}</text></svg>` })],
    ["a value of the environment", display({ "text/plain": "login with correct-horse-9" })],
  ])("%s loses its secret", (_what, output) => {
    const { text, report } = redact(notebook(output));
    expect(text).not.toMatch(/api03|pa55word9|hunter2|correct-horse/);
    expect(text).toContain("[redacted]");
    expect(report.secrets).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(report)).not.toMatch(/api03|pa55word9|hunter2|correct-horse|ghp_/);
  });

  test("home folders become ~, in metadata too, and pictures stay byte for byte", () => {
    const png = "iVBORw0KGgo=";
    const { text, report } = redact(notebook(display({ "image/png": png, "text/plain": "/home/ann/a.png" })));
    expect(text).not.toContain("/home/ann");
    expect(text).toContain("See ~/shop");
    expect(text).toContain(png);
    expect(report.homePaths).toBe(3);
  });

  test.each([
    ["/home/annabel/x", "~/x"],
    ["/Users/annabel/x", "~/x"],
    ["at file:///Users/annabel/x.ts", "at file://~/x.ts"],
    ["C:\\Users\\annabel\\x", "~\\x"],
    [`/${"root"}/x and /${"root"}ed/x`, `~/x and /${"root"}ed/x`],
    ["~/.claude/projects/-home-annabel-shop/1.jsonl", "~/.claude/projects/~-shop/1.jsonl"],
    ["https://example.com/home/news", "https://example.com/home/news"],
    ["/usr/home/annabel", "/usr/home/annabel"],
  ])("homes of others: %s reads %s", (text, clean) => {
    expect(createRedactor({ env }).text(text, "cell 1")).toBe(clean);
  });

  test("the report names the kind and the place, a secret that comes twice counts once", () => {
    const { report } = redact(notebook({ output_type: "stream", name: "stdout", text: key }));
    expect(report).toEqual({
      secrets: 2,
      places: ["cell 2: Anthropic API key", "cell 2: GitHub token"],
      homePaths: 2,
    });
  });

  test("the same notebook gives the same bytes, and stays as it was itself", () => {
    const source = notebook();
    const before = JSON.stringify(source);
    expect(redact(source).text).toBe(redact(source).text);
    expect(JSON.stringify(source)).toBe(before);
  });
});

test("a text that holds nothing as it stands is read again as HTML", () => {
  const split = `<b>sk-ant-</b>${key.slice(7)}`;
  const { text } = redact(notebook(display({ "text/plain": split, "text/html": split })));
  expect(JSON.parse(text).cells[1].outputs[0].data["text/html"].join("")).toBe("<b>[redacted]</b>");
});

test("a traceback keeps its colours and its lines", () => {
  const lines = ["\u001b[0;31mE\u001b[0m: key", `\u001b[0;31m${key}\u001b[0m`, ""];
  expect(createRedactor({ env }).lines(lines, "cell 1")).toEqual([
    "\u001b[0;31mE\u001b[0m: key",
    "\u001b[0;31m[redacted]\u001b[0m",
    "",
  ]);
});

test("ids, attachments' names and fields of other programs lose their secrets, and an id stays one", () => {
  const source = notebook();
  const image = { "image/png": "iVBORw0KGgo=" };
  Object.assign(source, { extra: token });
  Object.assign(source.cells[0]!, { id: token, attachments: { [`${token}.png`]: image }, extra: [token] });
  const { text } = redact(source);
  expect(text).not.toContain("ghp_");
  const { cells } = JSON.parse(text);
  expect(cells[0].id).toBe("redacted-1");
  expect(cells[0].attachments).toEqual({ "[redacted].png": image });
  expect(cells[1].id).toBe("b");
});

test("an answer in markdown is redacted as it is read, in its stored parts too", () => {
  const part = {
    id: "p",
    type: "text",
    state: "done",
    text: `Key **${token.slice(0, 25)}**${token.slice(25)}!`,
  } as const;
  const bundle = renderParts([part], { includeStyle: false, response: "r" });
  const { text } = redact(notebook(display({ ...bundle })));
  expect(text).not.toContain(token.slice(25));
  expect(text).not.toContain("ghp_");
  const [turn] = redactTurns(
    [{ prompt: `${token.slice(0, 25)}**${token.slice(25)}**`, parts: [part] }],
    createRedactor({ env }),
  );
  expect(JSON.stringify(turn)).not.toMatch(/ghp_|IJ012345/);
});

test("an answer of Claude's is redacted in all its forms, also what is secret by the name of its field alone", () => {
  const part = {
    id: "part-1",
    type: "tool",
    state: "done",
    name: "Connect",
    input: { password: "swordfish77", at: "/home/ann/db" },
    result: { content: `token ${token}`, isError: false },
    children: [],
  } as const;
  const bundle = renderParts([part], { includeStyle: true, response: "r" });
  const { text } = redact(notebook(display({ ...bundle })));
  expect(JSON.stringify(bundle)).toContain("swordfish77");
  expect(text).not.toMatch(/swordfish77|ghp_|\/home\/ann/);
  const outputs = JSON.parse(text).cells[1].outputs[0].data;
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(bundle).sort());
  expect(outputs["text/html"].join("")).toContain("<style>");
  expect(outputs[RESPONSE_MIME].parts[0].input.password).toBe("[redacted]");
});

test("a secret that was printed in two pieces is found", () => {
  const stream = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
  const { notebook: clean } = prepareNotebook(notebook(stream(key.slice(0, 9)), stream(key.slice(9))), {
    file: "a.ipynb",
    redact: true,
  });
  expect(formatNotebook(clean)).not.toContain("abcDEF");
});

test("what is too long is cut between words, so that no half of a secret is left, and says how much is missing", () => {
  for (const before of [94_990, 95_000 - key.length, 94_996]) {
    const text = `${"x ".repeat(before / 2)}${token} ${"y".repeat(3_000_000)}`;
    const { notebook: clean } = prepareNotebook(notebook({ output_type: "stream", name: "stdout", text }), {
      file: "a.ipynb",
      redact: true,
    });
    const kept = formatNotebook(clean);
    expect(kept).not.toContain("ghp_0");
    expect(kept).toMatch(/… 3,000,\d{3} more characters were left out/);
    expect(kept.length).toBeLessThan(100_000);
  }
});

test("a form that is too large is left out of what is handed on, and the others stay", () => {
  const data = { "text/html": "<p>x</p>".repeat(600_000), "text/plain": "in short" };
  const { notebook: clean } = prepareNotebook(notebook(display(data)), {
    file: "a.ipynb",
    redact: true,
    isSaved: true,
  });
  const kept = formatNotebook(clean);
  expect(kept).toContain("in short");
  expect(kept).toContain("… text/html of 4,800,000 characters was left out");
  expect(kept.length).toBeLessThan(5_000);
});

test("what tags remove is in no form of the notebook that is handed on", () => {
  const source = notebook();
  source.cells[1]!.metadata.tags = ["remove_cell"];
  expect(formatNotebook(prepareNotebook(source, { file: "a.ipynb", redact: false }).notebook)).not.toContain(
    "sk-ant",
  );
});

test("the name of the file, which may head a page, loses its secret", () => {
  const prepared = prepareNotebook(notebook(), { file: `${token}.ipynb`, redact: true });
  expect(prepared.file).toBe("[redacted].ipynb");
  expect(prepared.redacted?.places).toContain("name of the file: GitHub token");
});
