import { afterEach, expect, test, vi } from "vitest";
import { formatValue } from "../../../kernel/display/format.js";
import type { MimeBundle } from "../../../kernel/host.js";

afterEach(() => vi.restoreAllMocks());

const DISPLAY = Symbol.for("Jupyter.display");
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** The media types of a bundle, in order. */
async function typesOf(value: unknown): Promise<string[]> {
  return Object.keys(await formatValue(value));
}

async function textOf(value: unknown): Promise<string> {
  return String((await formatValue(value))["text/plain"]);
}

test("a value's own Jupyter.display comes before all that it also is", async () => {
  const rows = Object.assign([{ a: 1, b: 2 }], { [DISPLAY]: () => ({ "text/html": "mine" }) });
  expect(await formatValue(rows)).toMatchObject({ "text/html": "mine", "text/plain": expect.any(String) });
  const failed = Object.assign(new Error("x"), { [DISPLAY]: async () => ({ "text/markdown": "**x**" }) });
  expect(await typesOf(failed)).toEqual(["text/markdown", "text/plain"]);
});

test("IJavascript's methods show a value, all that it has", async () => {
  const value = { _toHtml: () => "<b>1</b>", _toSvg: () => "<svg/>", n: 1 };
  expect(await formatValue(value)).toEqual({
    "text/html": "<b>1</b>",
    "image/svg+xml": "<svg/>",
    "text/plain": expect.stringContaining("n: 1"),
  });
  expect(await typesOf({ _toPng: () => "AAAA" })).toEqual(["image/png", "text/plain"]);
  expect(await formatValue({ _toMime: () => ({ "text/latex": "$x$" }) })).toMatchObject({
    "text/latex": "$x$",
  });
});

test("an error shows its name and message in a box, and its stack with the causes", async () => {
  const error = new RangeError("<too> far", { cause: new Error("the cause") });
  const bundle = await formatValue(error);
  expect(bundle["text/html"]).toContain("RangeError</b>: &lt;too&gt; far");
  expect(bundle["text/html"]).not.toContain("<too>");
  expect(bundle["text/plain"]).toMatch(/RangeError: <too> far[\s\S]*\[cause\]: Error: the cause/);
});

test("a promise is shown with the hint to await it, and a rejected one too", async () => {
  expect(await textOf(Promise.resolve(1))).toBe("Promise { 1 }  // write `await` to get its value");
});

test.each([
  ["PNG", png, "image/png", "[image/png, 1 × 1, 70 bytes]"],
  ["JPEG", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]), "image/jpeg", "[image/jpeg, 5 bytes]"],
  ["GIF", Buffer.from("GIF89a\x02\0\x03\0", "latin1"), "image/gif", "[image/gif, 2 × 3, 10 bytes]"],
  ["WebP", Buffer.from("RIFF____WEBPVP8 "), "image/webp", "[image/webp, 16 bytes]"],
  ["PDF", Buffer.from("%PDF-1.7\n"), "application/pdf", "[application/pdf, 9 bytes]"],
])("the bytes of a %s file are shown as what they are", async (_name, file, mediaType, text) => {
  const base64 = file.toString("base64");
  expect(await formatValue(file)).toEqual({ [mediaType]: base64, "text/plain": text });
  const copy = Uint8Array.from(file);
  expect(await formatValue(copy)).toEqual({ [mediaType]: base64, "text/plain": text });
  expect(await formatValue(copy.buffer)).toEqual({ [mediaType]: base64, "text/plain": text });
});

test("other bytes are bytes, and a picture too large for a notebook is told of", async () => {
  expect(await formatValue(new Uint8Array([1, 2]))).toEqual({ "text/plain": "Uint8Array(2) [ 1, 2 ]" });
  const large = Buffer.concat([png, Buffer.alloc(7_000_000)]);
  const bundle = await formatValue(large);
  expect(Object.keys(bundle)).toEqual(["text/plain"]);
  expect(bundle["text/plain"]).toMatch(/^\[image\/png, 1 × 1, 7\.0 MB: larger than 6\.0 MB/);
});

test("a canvas shows its picture", async () => {
  const canvas = { getContext: () => ({}), toBuffer: async () => png };
  expect(await typesOf(canvas)).toEqual(["image/png", "text/plain"]);
});

class Element {
  readonly tagName: string;
  readonly #markup: string;
  constructor(tagName: string, markup: string) {
    this.tagName = tagName;
    this.#markup = markup;
  }
  get outerHTML(): string {
    return this.#markup;
  }
}

test("an SVG element is a picture that stands alone; another element is HTML", async () => {
  expect(await formatValue(new Element("svg", '<svg width="1"></svg>'))).toEqual({
    "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="1"></svg>',
    "text/plain": "[<svg> element, 21 characters]",
  });
  expect(await typesOf(new Element("DIV", "<div>x</div>"))).toEqual(["text/html", "text/plain"]);
  expect(await typesOf(new Element("DIV", "x".repeat(9_000_000)))).toEqual(["text/plain"]);
});

test("a plotly figure is for front ends that draw it; data and layout alone make none", async () => {
  const figure = { data: [{ x: new Float64Array([1, 2]), y: [1n, 2n] }], layout: { title: "T" }, frames: [] };
  expect(await formatValue(figure)).toEqual({
    "application/vnd.plotly.v1+json": { data: [{ x: [1, 2], y: [1, 2] }], layout: { title: "T" } },
    "text/plain": "[plotly figure, 1 trace]",
  });
  expect(await typesOf({ data: [{ id: 1 }], layout: {} })).toEqual(["text/plain"]);
});

test("a chart that holds itself is told of on stderr and shown as text", async () => {
  const stderr = vi.spyOn(console, "error").mockImplementation(() => {});
  const spec: Record<string, unknown> = { $schema: "https://vega.github.io/schema/vega-lite/v6.json" };
  spec.self = spec;
  expect(await textOf(spec)).toContain("[Circular *1]");
  expect(String(stderr.mock.calls[0]?.[1])).toMatch(/circular/i);
});

test.each([
  ["a Map", new Map([["a", 1]]), "Map(1) { 'a' => 1 }"],
  ["a Set", new Set([1, 2]), "Set(2) { 1, 2 }"],
  ["a typed array", new Float32Array(1_000_000), /^Float32Array\(1000000\) \[[\s\S]*999900 more items/],
  ["null", null, "null"],
  [
    "an infinite iterator",
    (function* () {
      for (;;) yield 1;
    })(),
    "Object [Generator] {}",
  ],
])("%s is shown by its size and its first members", async (_what, value, expected) => {
  const bundle: MimeBundle = await formatValue(value);
  expect(Object.keys(bundle)).toEqual(["text/plain"]);
  if (typeof expected === "string") expect(bundle["text/plain"]).toBe(expected);
  else expect(bundle["text/plain"]).toMatch(expected);
});

test("an answer of Claude, and the messages of a turn, are drawn as a response", async () => {
  const answer = {
    type: "assistant",
    session_id: "s",
    message: { content: [{ type: "text", text: "Hello, **world**" }] },
    content: [{ type: "text", text: "Hello, **world**" }],
  };
  const types = ["text/html", "text/markdown", "text/plain", "application/vnd.claude-notebook.v1+json"];
  const bundle = await formatValue(answer);
  expect(Object.keys(bundle)).toEqual(types);
  expect(bundle["text/html"]).toContain("<strong>world</strong>");
  expect(await formatValue(answer)).toEqual(bundle);
  const turn = [{ type: "system", subtype: "init", session_id: "s" }, answer];
  expect(Object.keys(await formatValue(turn))).toEqual(types);
});
