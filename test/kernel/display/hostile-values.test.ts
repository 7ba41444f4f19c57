import { afterEach, expect, test, vi } from "vitest";
import { formatValue } from "../../../kernel/display/format.js";

afterEach(() => vi.restoreAllMocks());

function detached<T extends ArrayBufferView | ArrayBuffer>(value: T): T {
  structuredClone(null, { transfer: [ArrayBuffer.isView(value) ? (value.buffer as ArrayBuffer) : value] });
  return value;
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const cyclic: Record<string, unknown> = { n: 1 };
cyclic.self = cyclic;

test.each<[string, unknown, RegExp]>([
  ["an object that holds itself", cyclic, /\[Circular \*1\]/],
  ["a BigInt", 10n ** 30n, /^1000000000000000000000000000000n$/],
  ["a revoked proxy", revoked(), /Revoked Proxy/],
  ["a detached Buffer", detached(new Uint8Array(new ArrayBuffer(8))), /^Uint8Array\(0\)/],
  ["a detached ArrayBuffer", detached(new ArrayBuffer(8)), /ArrayBuffer/],
  ["a detached DataView", detached(new DataView(new ArrayBuffer(8))), /DataView|cannot be inspected/],
  ["an object without a prototype", Object.create(null), /\[Object: null prototype\] \{\}/],
  ["a symbol", Symbol("s"), /Symbol\(s\)/],
])("%s is shown as text", async (_what, value, expected) => {
  const stderr = vi.spyOn(console, "error");
  const bundle = await formatValue(value);
  expect(Object.keys(bundle)).toEqual(["text/plain"]);
  expect(bundle["text/plain"]).toMatch(expected);
  expect(stderr).not.toHaveBeenCalled();
});

test("no getter of a value is called, whatever the rows look for", async () => {
  const names = [
    "$schema",
    "data",
    "layout",
    "schema",
    "outerHTML",
    "columns",
    "columnNames",
    "_toHtml",
    "plot",
    "a",
  ];
  const called: string[] = [];
  const value = {};
  for (const name of names) {
    const get = (): never => {
      called.push(name);
      throw new Error(name);
    };
    Object.defineProperty(value, name, { get, enumerable: true });
  }
  expect((await formatValue(value))["text/plain"]).toContain("a: [Getter]");
  const list = await formatValue([value, value]);
  expect(list["text/html"]).toContain("⚠ getter");
  expect(called).toEqual([]);
});

test("a proxy that answers to every name with a function is shown as text, without a word on stderr", async () => {
  const stderr = vi.spyOn(console, "error");
  const answer = (): unknown => answer;
  const proxy: unknown = new Proxy({ a: 1 }, { get: () => answer });
  expect((await formatValue(proxy))["text/plain"]).toBe("{ a: 1 }");
  expect(stderr).not.toHaveBeenCalled();
});

test("a proxy whose traps throw is shown as text", async () => {
  const fail = (): never => {
    throw new Error("trap");
  };
  const proxy = new Proxy({ a: 1 }, { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail });
  expect(await formatValue(proxy)).toEqual({ "text/plain": "{ a: 1 }" });
});

test("of the longest string there can be, the first characters are shown", async () => {
  const text = String((await formatValue("x".repeat(2 ** 29 - 24)))["text/plain"]);
  expect(text.length).toBeLessThan(11_000);
  expect(text).toMatch(/more characters$/);
});

test("of an object with a million properties, the first are shown", async () => {
  const wide = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, i) => [`key${i}`, i]));
  const text = String((await formatValue(wide))["text/plain"]);
  expect(text).toContain("key499: 499");
  expect(text).not.toContain("key500:");
  expect(text).toMatch(/… 999,500 more properties$/);
});

test("a value that holds very much in its depths is shown less deep", async () => {
  const level = (depth: number): unknown =>
    depth === 0
      ? 1
      : Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, depth === 1 ? i : i]));
  const wide = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [`a${i}`, { b: level(1), c: { d: level(1) } }]),
  );
  const text = String((await formatValue(wide))["text/plain"]);
  expect(text.length).toBeLessThan(20_000);
  expect(text).toContain("[Object]");
});

test("an array of ten million records shows its ends", async () => {
  const rows = new Array(10_000_000).fill({ a: 1, b: 2 });
  const bundle = await formatValue(rows);
  expect(bundle["text/html"]).toContain("10,000,000 rows × 2 columns");
  expect(String(bundle["text/html"]).length).toBeLessThan(10_000);
  expect(String(bundle["text/plain"]).length).toBeLessThan(10_000);
});

test("a Map whose own iterator never ends is shown up to its size", async () => {
  class Endless extends Map<unknown, unknown> {
    override *[Symbol.iterator](): Generator<[unknown, unknown], undefined> {
      for (;;) yield [1, 1];
    }
  }
  expect((await formatValue(new Endless([["a", 1]])))["text/plain"]).toContain("Endless(1) [Map]");
});

test("a record's field that pretends to be something else costs its own cell, not the table", async () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const hostile = [
    { constructor: { name: "string" } },
    { constructor: { name: "hasOwnProperty" } },
    revoked.proxy,
    {
      toString() {
        throw new Error("no text");
      },
    },
  ];
  const bundle = await formatValue(hostile.map((b, a) => ({ a, b })));
  expect(bundle["text/html"]).toContain("4 rows × 2 columns");
  expect(bundle["text/html"]).toContain("no text");
});

test("no cut leaves half a character, which would keep the notebook from being saved", async () => {
  const name = `${"x".repeat(30)}😀😀`;
  const { "text/plain": table } = await formatValue([{ [name]: 1, b: 2 }]);
  const { "text/plain": text } = await formatValue([`${"x".repeat(99_998)}😀😀😀`]);
  const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
  expect([table, text].filter((each) => halves.test(String(each)))).toEqual([]);
});

test("what a value says of itself is left out where it is too large, and the text says so", async () => {
  const value = { [Symbol.for("Jupyter.display")]: () => ({ "text/html": "x".repeat(9_000_000) }) };
  const bundle = await formatValue(value);
  expect(Object.keys(bundle)).toEqual(["text/plain"]);
  expect(bundle["text/plain"]).toMatch(
    /\[text\/html: 9,000,000 characters, too many to be kept in the notebook\]$/,
  );
});

test("a chart of ten million records is told of, neither copied nor drawn", async () => {
  const values = new Array(10_000_000).fill({ x: 1, y: 2 });
  const chart = { $schema: "https://vega.github.io/schema/vega-lite/v6.json", data: { values }, mark: "bar" };
  expect(await formatValue(chart)).toEqual({
    "text/plain": "[vega-lite chart: its data is too large to be kept in the notebook]",
  });
});

test("an element of a page that runs or loads something is told of, one that does not is shown", async () => {
  class Element {
    readonly tagName = "DIV";
    readonly #markup: string;
    constructor(markup: string) {
      this.#markup = markup;
    }
    get outerHTML(): string {
      return this.#markup;
    }
  }
  for (const markup of [
    "<div onclick=alert(1)>",
    "<div><script>1</script>",
    '<div><img src="//evil.example/x">',
  ])
    expect(Object.keys(await formatValue(new Element(markup)))).toEqual(["text/plain"]);
  expect(await formatValue(new Element("<div><b>1</b></div>"))).toMatchObject({
    "text/html": "<div><b>1</b></div>",
  });
});
