import { expect, test } from "vitest";
import { createWire } from "../../../kernel/io/wire.js";

const wire = createWire({ key: "secret", digest: "sha256" });
const frames = (content: Record<string, unknown>, type = "execute_request") =>
  createWire({ key: "secret", digest: "sha256" })
    .encode({ identities: [Buffer.from("client")], type, content, buffers: [Buffer.from([1])] })
    .map((frame) => Buffer.from(frame));

test("a message comes back as it went, with routing frames and buffers", () => {
  const { header, content, identities, buffers } = wire.decode(frames({ code: "é😀" }));
  expect(header.msg_type).toBe("execute_request");
  expect(content).toEqual({ code: "é😀" });
  expect(identities.map(String)).toEqual(["client"]);
  expect(buffers).toEqual([Buffer.from([1])]);
});

test("a message that comes twice is refused", () => {
  const sent = frames({});
  wire.decode(sent);
  expect(() => wire.decode(sent)).toThrow(/repetition/);
});

test("any changed byte of the signed parts is refused", () => {
  for (const part of [3, 4, 5, 6]) {
    const sent = frames({ code: "1" });
    sent[part] = Buffer.concat([sent[part]!, Buffer.from(" ")]);
    expect(() => wire.decode(sent)).toThrow(/signature/);
  }
});

test("a message signed with another key, or not at all, is refused", () => {
  const other = createWire({ key: "other", digest: "sha256" });
  const unsigned = createWire({ key: "", digest: "sha256" });
  for (const sender of [other, unsigned]) {
    const sent = sender.encode({ identities: [], type: "x", content: {} }).map((frame) => Buffer.from(frame));
    expect(() => wire.decode(sent)).toThrow(/signature/);
  }
});

test("an empty key means no signatures", () => {
  const open = createWire({ key: "", digest: "sha256" });
  const sent = open
    .encode({ identities: [], type: "x", content: { a: 1 } })
    .map((frame) => Buffer.from(frame));
  expect(open.decode(sent).content).toEqual({ a: 1 });
});

test.each([
  ["no frames", []],
  ["no delimiter", ["a", "b"]],
  ["nothing after the delimiter", ["<IDS|MSG>"]],
  ["too few parts", ["<IDS|MSG>", "", "{}", "{}"]],
  ["parts that are not JSON", ["<IDS|MSG>", "", "{", "{}", "{}", "{}"]],
  ["parts that are not objects", ["<IDS|MSG>", "", "[]", "1", "null", '"x"']],
  ["a header without msg_type", ["<IDS|MSG>", "", '{"msg_id":"1"}', "{}", "{}", "{}"]],
])("frames with %s are refused with a reason", (_what, raw) => {
  const open = createWire({ key: "", digest: "sha256" });
  expect(() => open.decode(raw.map((frame) => Buffer.from(frame)))).toThrow();
});
