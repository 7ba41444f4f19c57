import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { PROTOCOL_VERSION } from "../kernel-info.js";
import type { Connection } from "./connection-file.js";

export type Json = Readonly<Record<string, unknown>>;

/** An object as JSON text: made where it can still be said whose value JSON cannot carry. */
export type JsonText = string & { readonly jsonText: true };

/** Who sent a message, when and of which type. Fields we do not use pass through, so that parent headers come back whole. */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly [field: string]: unknown;
}

/** A message as it came, its signature checked. */
export interface Incoming {
  /** Routing frames of ZeroMQ: where a reply goes. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly parent: Json;
  readonly metadata: Json;
  /** Empty if the message is {@link Incoming.oversized}. */
  readonly content: Json;
  /** Bytes of the content, if they are too many to be read. */
  readonly oversized?: number;
  readonly buffers: readonly Buffer[];
}

/** A message to send. */
export interface Outgoing {
  /** The `msg_id`. @defaultValue a new one */
  readonly id?: string;
  readonly identities: readonly Buffer[];
  readonly type: string;
  readonly parent?: Json | undefined;
  readonly content: Json | JsonText;
  readonly metadata?: Json | JsonText | undefined;
  readonly buffers?: readonly Uint8Array[] | undefined;
}

/** Turns messages into frames and back. */
export interface Wire {
  /** @throws an error with the reason when the frames are not a message for us. */
  decode(frames: readonly Buffer[]): Incoming;
  encode(message: Outgoing): Uint8Array[];
}

const DELIMITER = Buffer.from("<IDS|MSG>");
/** Signatures remembered to refuse a replayed message; as many as ipykernel keeps. */
const REMEMBERED_SIGNATURES = 65_536;

/** Largest content that is read, in bytes: parsing it takes half a second, in which no heartbeat is answered. Buffers may be larger. */
export const MAX_CONTENT_BYTES = 64 * 1024 * 1024;

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol */
export function createWire({ key, digest }: Pick<Connection, "key" | "digest">): Wire {
  const session = randomUUID();
  const seen = new Set<string>();

  const sign = (parts: readonly Uint8Array[]): string => {
    if (key === "") return "";
    const hmac = createHmac(digest, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  };

  const verify = (signature: Buffer, parts: readonly Buffer[]): void => {
    if (key === "") return;
    const expected = Buffer.from(sign(parts));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new Error("its signature is wrong");
    }
    const text = signature.toString();
    if (seen.has(text)) throw new Error("it is a repetition of an earlier message");
    seen.add(text);
    if (seen.size > REMEMBERED_SIGNATURES) seen.delete(seen.values().next().value as string);
  };

  return {
    decode(frames) {
      const start = frames.findIndex((frame) => frame.equals(DELIMITER));
      if (start < 0) throw new Error("the delimiter <IDS|MSG> is missing");
      const [signature, ...rest] = frames.slice(start + 1);
      const parts = rest.slice(0, 4);
      if (!signature || parts.length < 4) throw new Error("frames are missing");
      verify(signature, parts);
      const size = (parts[3] as Buffer).length;
      const isOversized = size > MAX_CONTENT_BYTES;
      const read = isOversized ? [...parts.slice(0, 3), Buffer.from("{}")] : parts;
      const [header, parent, metadata, content] = read.map(parseObject) as [Json, Json, Json, Json];
      if (typeof header.msg_id !== "string" || typeof header.msg_type !== "string") {
        throw new Error("its header has no msg_id or no msg_type");
      }
      const identities = frames.slice(0, start);
      const message = { identities, header: header as Header, parent, metadata, content };
      return { ...message, buffers: rest.slice(4), ...(isOversized && { oversized: size }) };
    },

    encode({ id = randomUUID(), identities, type, parent = {}, content, metadata = {}, buffers = [] }) {
      const header = {
        msg_id: id,
        session,
        username: "kernel",
        date: new Date().toISOString(),
        msg_type: type,
        version: PROTOCOL_VERSION,
      };
      const parts = [header, parent, metadata, content].map((part) =>
        Buffer.from(typeof part === "string" ? part : JSON.stringify(part)),
      );
      return [...identities, DELIMITER, Buffer.from(sign(parts)), ...parts, ...buffers];
    },
  };
}

function parseObject(frame: Buffer): Json {
  const value: unknown = JSON.parse(frame.toString("utf8"));
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("a part of it is not a JSON object");
  }
  return value as Json;
}
