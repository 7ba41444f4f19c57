import { expect, test } from "vitest";
import { createTextMemory, createTextReader, createTextWriter } from "../../../kernel/io/text-ring.js";

const RING_BYTES = 64;

function open() {
  const memory = createTextMemory(RING_BYTES);
  return { writer: createTextWriter(memory), reader: createTextReader(memory) };
}

test("text comes out as it went in, over the end of the memory and with characters split in two", () => {
  const { writer, reader } = open();
  let out = "";
  let all = "";
  for (let i = 0; i < 500; i++) {
    const text = `${i}é\ud83d`;
    const rest = `\ude00${"x".repeat(i % 7)}`;
    all += text + rest;
    expect(writer.write(text) && writer.write(rest)).toBe(true);
    out += reader.readTo(reader.end());
  }
  expect(out).toBe(all);
});

test("what does not fit is refused and nothing of it is written; reading makes room", () => {
  const { writer, reader } = open();
  expect(writer.write("a".repeat(30))).toBe(true);
  expect(writer.write("bbb")).toBe(false);
  expect(reader.readTo(reader.end())).toBe("a".repeat(30));
  expect(writer.write("b".repeat(32))).toBe(true);
  expect(reader.readTo(reader.end())).toBe("b".repeat(32));
});

test("text is read up to a position, and that which has been read is not read again", () => {
  const { writer, reader } = open();
  writer.write("before");
  const { position } = writer;
  writer.write("after");
  expect(reader.readTo(position)).toBe("before");
  expect(reader.readTo(position)).toBe("");
  expect(reader.readTo(reader.end())).toBe("after");
});

test("a sleeping reader must be woken once; one that is awake never", () => {
  const { writer, reader } = open();
  writer.write("a");
  expect([writer.mustWake(), writer.mustWake()]).toEqual([true, false]);
  reader.readTo(reader.end());
  expect(reader.sleep()).toBe(true);
  writer.write("b");
  expect(writer.mustWake()).toBe(true);
});

test("a reader does not fall asleep over text that nobody will wake it for", () => {
  const { writer, reader } = open();
  writer.write("a");
  writer.mustWake();
  writer.write("b");
  expect(reader.sleep()).toBe(false);
  expect(writer.mustWake()).toBe(false);
  expect(reader.readTo(reader.end())).toBe("ab");
});
