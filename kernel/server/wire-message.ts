import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** The channels that a client speaks on; iopub only speaks to it. */
export type Channel = "shell" | "control" | "stdin" | "iopub";

/** A message as it travels: each part is JSON text in bytes, so that passing one on needs no parsing. */
export interface WireMessage {
  readonly header: Buffer;
  readonly parentHeader: Buffer;
  readonly metadata: Buffer;
  readonly content: Buffer;
  readonly buffers: readonly Buffer[];
}

export interface MessageHeader {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

const DELIMITER = Buffer.from("<IDS|MSG>");

/** The version of the messaging protocol that our own requests are in. */
const PROTOCOL_VERSION = "5.4";

/** Signs a message into ZeroMQ frames. @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol */
export function packFrames(message: WireMessage, key: string): Buffer[] {
  const parts = [message.header, message.parentHeader, message.metadata, message.content];
  return [DELIMITER, Buffer.from(sign(parts, key)), ...parts, ...message.buffers];
}

/** Takes a message out of its frames; undefined when it is malformed or its signature is wrong. */
export function unpackFrames(frames: readonly Buffer[], key: string): WireMessage | undefined {
  const start = frames.findIndex((frame) => frame.equals(DELIMITER));
  const [signature, header, parentHeader, metadata, content, ...buffers] =
    start < 0 ? [] : frames.slice(start + 1);
  if (!signature || !header || !parentHeader || !metadata || !content) return undefined;
  const expected = Buffer.from(sign([header, parentHeader, metadata, content], key));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined;
  return { header, parentHeader, metadata, content, buffers };
}

/** A new message with JSON parts made from values. */
export function createMessage(
  type: string,
  content: object,
  options: { readonly session: string; readonly parent?: object },
): WireMessage & { readonly id: string } {
  const header: MessageHeader = {
    msg_id: randomUUID(),
    msg_type: type,
    session: options.session,
    username: "server",
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
  return {
    id: header.msg_id,
    header: toJson(header),
    parentHeader: toJson(options.parent ?? {}),
    metadata: toJson({}),
    content: toJson(content),
    buffers: [],
  };
}

/** Reads a JSON part; undefined when it is no JSON object. */
export function readPart<T extends object>(part: Buffer): Partial<T> | undefined {
  try {
    const value: unknown = JSON.parse(part.toString());
    return typeof value === "object" && value !== null ? (value as Partial<T>) : undefined;
  } catch {
    return undefined;
  }
}

function toJson(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function sign(parts: readonly Buffer[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
