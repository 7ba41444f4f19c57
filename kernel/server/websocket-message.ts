import type { Channel, WireMessage } from "./wire-message.js";

/** The subprotocol in which the parts of a message travel as they are. */
export const V1_PROTOCOL = "v1.kernel.websocket.jupyter.org";

/** A message with the channel it belongs to; on a WebSocket all channels share one connection. */
export interface ChannelMessage {
  readonly channel: Channel;
  readonly message: WireMessage;
}

/** Both directions of a format; `decode` throws on bytes that are no message. */
export interface WebSocketFormat {
  encode(message: ChannelMessage): Buffer | string;
  decode(data: Buffer, isBinary: boolean): ChannelMessage;
}

/** The format for the subprotocol that was agreed on; without one, Jupyter's original format. */
export function webSocketFormat(protocol: string): WebSocketFormat {
  return protocol === V1_PROTOCOL ? v1Format : defaultFormat;
}

/**
 * `v1.kernel.websocket.jupyter.org`: the number of offsets, the offsets (64 bits, little-endian), then the channel,
 * header, parent header, metadata, content and buffers that they delimit.
 * @see https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
 */
const v1Format: WebSocketFormat = {
  encode: ({ channel, message }) => {
    const { header, parentHeader, metadata, content, buffers } = message;
    const parts = [Buffer.from(channel), header, parentHeader, metadata, content, ...buffers];
    const head = Buffer.alloc(8 * (parts.length + 2));
    head.writeBigUInt64LE(BigInt(parts.length + 1), 0);
    let offset = head.length;
    for (const [index, part] of parts.entries()) {
      head.writeBigUInt64LE(BigInt(offset), 8 * (index + 1));
      offset += part.length;
    }
    head.writeBigUInt64LE(BigInt(offset), 8 * (parts.length + 1));
    return Buffer.concat([head, ...parts], offset);
  },
  decode: (data) => {
    const count = Number(data.readBigUInt64LE(0));
    if (count < 6 || 8 * (count + 1) > data.length) throw new Error("its offsets are wrong");
    const offsets = Array.from({ length: count }, (_, index) =>
      Number(data.readBigUInt64LE(8 * (index + 1))),
    );
    const [channel, header, parentHeader, metadata, content, ...buffers] = slice(data, offsets);
    return {
      channel: toChannel(channel!.toString()),
      message: {
        header: header!,
        parentHeader: parentHeader!,
        metadata: metadata!,
        content: content!,
        buffers,
      },
    };
  },
};

/**
 * The original format: one JSON text; with buffers, binary: the number of parts, their offsets (32 bits, big-endian),
 * the JSON text, the buffers.
 */
const defaultFormat: WebSocketFormat = {
  encode: ({ channel, message }) => {
    const header = message.header.toString();
    const { msg_id, msg_type } = JSON.parse(header) as { msg_id: string; msg_type: string };
    const ids = `"msg_id":${JSON.stringify(msg_id)},"msg_type":${JSON.stringify(msg_type)}`;
    const parts = `"header":${header},"parent_header":${message.parentHeader},"metadata":${message.metadata},"content":${message.content}`;
    const json = `{"channel":"${channel}",${ids},${parts},"buffers":[]}`;
    return message.buffers.length === 0 ? json : joinBinary([Buffer.from(json), ...message.buffers]);
  },
  decode: (data, isBinary) => {
    const [json, ...buffers] = isBinary ? splitBinary(data) : [data];
    const fields = JSON.parse(json!.toString()) as Record<string, unknown>;
    const part = (name: string): Buffer => Buffer.from(JSON.stringify(fields[name] ?? {}));
    return {
      channel: toChannel(fields.channel ?? "shell"),
      message: {
        header: part("header"),
        parentHeader: part("parent_header"),
        metadata: part("metadata"),
        content: part("content"),
        buffers,
      },
    };
  },
};

function joinBinary(parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(4 * (parts.length + 1));
  head.writeUInt32BE(parts.length, 0);
  let offset = head.length;
  for (const [index, part] of parts.entries()) {
    head.writeUInt32BE(offset, 4 * (index + 1));
    offset += part.length;
  }
  return Buffer.concat([head, ...parts], offset);
}

function splitBinary(data: Buffer): Buffer[] {
  const count = data.readUInt32BE(0);
  if (count < 1 || 4 * (count + 1) > data.length) throw new Error("its offsets are wrong");
  const offsets = Array.from({ length: count }, (_, index) => data.readUInt32BE(4 * (index + 1)));
  return slice(data, [...offsets, data.length]);
}

function slice(data: Buffer, offsets: readonly number[]): Buffer[] {
  return offsets.slice(1).map((end, index) => {
    const start = offsets[index]!;
    if (start > end || end > data.length) throw new Error("its offsets are wrong");
    return data.subarray(start, end);
  });
}

function toChannel(name: unknown): Channel {
  if (name === "shell" || name === "control" || name === "stdin") return name;
  throw new Error(`it names no channel that a client may write to: ${JSON.stringify(name)}`);
}
