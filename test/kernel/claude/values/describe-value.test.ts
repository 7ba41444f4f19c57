import { describe, expect, test } from "vitest";
import { describeValue } from "../../../../kernel/claude/values/describe-value.js";
import { shapeOf } from "../../../../kernel/claude/values/shape-of.js";

const fails = (): never => {
  throw new Error("code of the value ran");
};

describe("a value as text for Claude", () => {
  test.each([
    [undefined, "undefined"],
    [null, "null"],
    [-0, "-0"],
    [12n, "12n"],
    ["a\nb", '"a\\nb"'],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    [new Date(Number.NaN), "Invalid Date"],
    [/a+/gi, "/a+/gi"],
    [Promise.resolve(1), "[Promise]"],
    [new TypeError("wrong"), "[TypeError: wrong]"],
    [function named() {}, "[function named]"],
    [[], "Array(0) []"],
    [{}, "{}"],
    [Object.create(null), "{}"],
    [new ArrayBuffer(8), "[ArrayBuffer of 8 bytes]"],
  ])("%o is %s", (value, said) => {
    expect(describeValue(value)).toBe(said);
  });

  test("holds what is inside, by line", () => {
    class City {
      name = "Bergen";
      people = Object.assign(new Array(3), { 0: 1, 2: 3 });
    }
    expect(describeValue(new City())).toBe(
      'City {\n  name: "Bergen",\n  people: Array(3) [\n    1,\n    [empty],\n    3,\n  ],\n}',
    );
    expect(describeValue(new Map<unknown, unknown>([["a", new Set([1])]]))).toBe(
      'Map(1) {\n  "a" => Set(1) {\n    1,\n  },\n}',
    );
    expect(describeValue(new Uint8Array([1, 2]))).toBe("Uint8Array(2) [\n  1,\n  2,\n]");
  });

  test("runs no getter, proxy trap, iterator or method of the value", () => {
    const trapped = new Proxy(
      {},
      { get: fails, ownKeys: fails, getPrototypeOf: fails, getOwnPropertyDescriptor: fails },
    );
    const hostile = {
      get secret() {
        return fails();
      },
      trapped,
      toString: fails,
      [Symbol.iterator]: fails,
      get [Symbol.toStringTag]() {
        return fails();
      },
      generator: (function* () {
        fails();
        yield 1;
      })(),
    };
    const said = describeValue(hostile);
    expect(said).toContain("secret: [getter]");
    expect(said).toContain("trapped: [Proxy: not looked into]");
    expect(describeValue(Object.create(trapped))).toBe("{}");
    class Own extends Map {
      override get size(): number {
        return fails();
      }
    }
    expect(describeValue(new Own().set(1, 2))).toContain("1 => 2");
  });

  test("ends for circles, and says what is too deep or too much", () => {
    const circle: Record<string, unknown> = { name: "c" };
    circle.self = circle;
    expect(describeValue(circle)).toContain("self: [Circular]");
    expect(describeValue({ a: { b: { c: { d: { e: 1 } } } } }, { depth: 1 })).toBe(
      "{\n  a: {… 1 inside},\n}",
    );
    expect(describeValue(new Array(10_000_000).fill(7), { entries: 2 })).toBe(
      "Array(10000000) [\n  7,\n  7,\n  … 9,999,998 more\n]",
    );
    const text = "x".repeat(200_000_000);
    expect(describeValue(text, { textChars: 3 })).toBe('"xxx"… (200,000,000 characters)');
    const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, "y".repeat(1000)]));
    expect(describeValue([wide, wide, wide], { entries: 1000 }).length).toBeLessThan(30_000);
    expect(describeValue(2n ** 100_000n)).toBe("[a very large bigint]");
  });

  test("detached buffers are empty", () => {
    const bytes = new Uint8Array([1, 2]);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    expect(describeValue(bytes)).toBe("Uint8Array(0) []");
  });

  test("says nothing of what is hidden, at any depth", () => {
    const hidden = (value: object) => (value === process ? "[process]" : undefined);
    expect(describeValue({ at: [process] }, { hidden })).toContain("[process]");
  });
});

test("runs no toString of keys, messages and boxed texts, and lists no text by its characters", () => {
  const own = Object.assign(() => {}, { toString: fails });
  expect(describeValue(new Map([[own, 1]]))).toContain("[function] => 1");
  expect(describeValue(new Map([[2n ** 1_000_000n, 1]]))).toContain("[bigint] => 1");
  expect(describeValue(Object.assign(new Error("x"), { message: { toString: fails } }))).toBe("[Error]");
  expect(describeValue(Object("x".repeat(50_000_000)))).toBe("[String of 50000000 characters]");
  expect(shapeOf(Object("x".repeat(50_000_000)))).toBe("");
  expect(describeValue(Symbol("s".repeat(1_000_000)), { textChars: 20 }).length).toBe(20);
});

test("a credential at the cut of a long text leaves no half of it", () => {
  const text = `${"a ".repeat(990)}password: hunter2-5up3r-${"x9".repeat(500)} ${"b ".repeat(5_000)}`;
  expect(describeValue(text, { textChars: 2_000 })).not.toContain("hunter2");
  expect(describeValue(text, { textChars: 2_010 })).not.toContain("hunter2");
});
