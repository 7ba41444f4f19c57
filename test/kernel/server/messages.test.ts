import { deserialize, serialize } from "@jupyterlab/services/lib/kernel/serialize.js";
import { describe, expect, test } from "vitest";
import { V1_PROTOCOL, webSocketFormat } from "../../../kernel/server/websocket-message.js";
import { createMessage, packFrames, readPart, unpackFrames } from "../../../kernel/server/wire-message.js";

const message = {
  ...createMessage("comm_msg", { text: "ünï 😀" }, { session: "s", parent: { msg_id: "p" } }),
  buffers: [Buffer.from([0, 255]), Buffer.alloc(0), Buffer.from([7])],
};

describe("frames", () => {
  test("come out as they went in, whatever address stands before them", () => {
    const frames = [Buffer.from("address"), ...packFrames(message, "key")];
    const { id, ...parts } = message;
    expect(unpackFrames(frames, "key")).toEqual(parts);
    expect(readPart<{ msg_id: string }>(parts.header)?.msg_id).toBe(id);
  });

  test.each([
    ["another key", (frames: Buffer[]) => frames, "other"],
    ["a changed content", (frames: Buffer[]) => frames.with(5, Buffer.from("{}")), "key"],
    ["a short signature", (frames: Buffer[]) => frames.with(1, Buffer.from("ab")), "key"],
    ["no delimiter", (frames: Buffer[]) => frames.slice(1), "key"],
    ["parts missing", (frames: Buffer[]) => frames.slice(0, 4), "key"],
    ["nothing at all", () => [], "key"],
  ])("with %s are refused", (_title, change, key) => {
    expect(unpackFrames(change(packFrames(message, "key")), key)).toBeUndefined();
  });
});

describe.each([
  ["v1", V1_PROTOCOL],
  ["the original format", ""],
])("on a WebSocket, in %s", (_title, protocol) => {
  const format = webSocketFormat(protocol);
  const json = (part: Buffer): unknown => JSON.parse(part.toString());
  const bytes = (view: DataView): number[] => [
    ...new Uint8Array(view.buffer, view.byteOffset, view.byteLength),
  ];
  const toArrayBuffer = (data: Buffer | string): ArrayBuffer | string =>
    typeof data === "string"
      ? data
      : (data.buffer.slice(data.byteOffset, data.byteOffset + data.length) as ArrayBuffer);

  test.each([
    ["with buffers", message],
    ["without buffers", { ...message, buffers: [] }],
  ])("JupyterLab reads what we write %s", (_case, sent) => {
    const read = deserialize(
      toArrayBuffer(format.encode({ channel: "iopub", message: sent })) as ArrayBuffer,
      protocol,
    );
    expect(read).toMatchObject({
      channel: "iopub",
      header: json(sent.header),
      parent_header: { msg_id: "p" },
      content: { text: "ünï 😀" },
    });
    expect((read.buffers as DataView[]).map(bytes)).toEqual(sent.buffers.map((buffer) => [...buffer]));
  });

  test.each([
    ["with buffers", [new Uint8Array([1, 2]).buffer, new Uint8Array([]).buffer]],
    ["without buffers", []],
  ])("we read what JupyterLab writes %s", (_case, buffers) => {
    const header = {
      msg_id: "m",
      msg_type: "comm_msg",
      session: "s",
      username: "",
      date: "",
      version: "5.2",
    };
    const sent = {
      channel: "shell",
      header,
      parent_header: {},
      metadata: { a: 1 },
      content: { b: "é" },
      buffers,
    };
    const data = serialize(structuredClone(sent) as never, protocol);
    const read = format.decode(Buffer.from(data as string), typeof data !== "string");
    expect([read.channel, json(read.message.header), json(read.message.content)]).toEqual([
      "shell",
      header,
      { b: "é" },
    ]);
    expect(read.message.buffers.map((buffer) => [...buffer])).toEqual(
      buffers.map((b) => [...new Uint8Array(b)]),
    );
  });

  test("bytes that are no message, cut short or point outside themselves, are refused", () => {
    const good = format.encode({ channel: "shell", message });
    const whole = Buffer.from(good as Buffer);
    expect(() => format.decode(Buffer.alloc(0), true)).toThrow();
    expect(() => format.decode(Buffer.alloc(64, 0xff), true)).toThrow();
    for (const length of [7, 30, 60]) expect(() => format.decode(whole.subarray(0, length), true)).toThrow();
  });

  test("a client may not write to iopub", () => {
    const data = format.encode({ channel: "iopub", message: { ...message, buffers: [] } });
    expect(() => format.decode(Buffer.from(data as string), typeof data !== "string")).toThrow("iopub");
  });
});
