import { z } from "zod";
import type { ErrorData } from "./server-error.js";

/** Characters of an id that a client chooses. */
const MAX_ID = 200;

const id = z.string().min(1).max(MAX_ID);
const prompt = z.string().min(1, "must not be empty");
/** Looked at by name in client-options.ts, so that what is refused is named. */
const options = z.unknown().optional();

/**
 * What a client may send, by `type`. Each message may have an `id`, which the answers repeat; further fields of a message
 * are refused. The first message is `{ type: "auth", token }` where the server has a token and the upgrade did not carry it.
 */
export const clientMessages = {
  auth: z.strictObject({ type: z.literal("auth"), id: id.optional(), token: z.string().max(4_096) }),
  query: z.strictObject({ type: z.literal("query"), id: id.optional(), prompt, options }),
  /** Another question in a conversation of this server. */
  continue: z.strictObject({
    type: z.literal("continue"),
    id: id.optional(),
    session_id: id,
    prompt,
    options,
  }),
  /** Stops the query of this id; without one, all queries of this client. */
  interrupt: z.strictObject({ type: z.literal("interrupt"), id: id.optional() }),
  /** Answers a `permission_request`. */
  permission_response: z.strictObject({
    type: z.literal("permission_response"),
    id: id.optional(),
    request_id: id,
    behavior: z.enum(["allow", "deny"]),
    /** Told to Claude with a denial. */
    message: z.string().max(10_000).optional(),
    /** With a denial: also stops the turn. */
    interrupt: z.boolean().optional(),
    /** With an approval: no question about the same again during this query. */
    remember: z.boolean().optional(),
    /** Answers to the questions of AskUserQuestion, by question. */
    answers: z.record(z.string(), z.string()).optional(),
  }),
  get_tools: z.strictObject({ type: z.literal("get_tools"), id: id.optional() }),
  list_conversations: z.strictObject({
    type: z.literal("list_conversations"),
    id: id.optional(),
    text: z.string().max(1_000).optional(),
  }),
  get_conversation: z.strictObject({
    type: z.literal("get_conversation"),
    id: id.optional(),
    session_id: id,
  }),
  /** Goes on with the stream of a connection that broke, after message `last_seq`. */
  resume: z.strictObject({
    type: z.literal("resume"),
    id: id.optional(),
    session_id: id,
    last_seq: z.int().nonnegative(),
  }),
  /** The client has all messages up to this number. */
  ack: z.strictObject({ type: z.literal("ack"), id: id.optional(), seq: z.int().nonnegative() }),
  ping: z.strictObject({ type: z.literal("ping"), id: id.optional() }),
} as const;

/** The types of what a client sends. */
export type ClientMessageType = keyof typeof clientMessages;
/** What a client sends. */
export type ClientMessage<Type extends ClientMessageType = ClientMessageType> = {
  [T in Type]: z.output<(typeof clientMessages)[T]>;
}[Type];

/**
 * What the server sends. Messages of Claude keep the wire's form in `data`, under their type with `_message` behind it
 * (`assistant_message`, `user_message`, `result_message`, …); those that stream are `stream_event`.
 */
export interface ServerMessage {
  readonly type: string;
  /** That of the client's message: of the query, where it belongs to one. */
  readonly id?: string | undefined;
  /** The number in the stream of this client, from 1; absent from messages about the connection itself. */
  readonly seq?: number | undefined;
  readonly data?: unknown;
}

/** A question about a tool call: `data` of `permission_request`. */
export interface PermissionRequestData {
  readonly request_id: string;
  readonly tool_name: string;
  readonly input: unknown;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** The path outside of the working folder that made the CLI ask. */
  readonly blocked_path?: string | undefined;
  /** Whether `remember` has something to remember. */
  readonly can_remember: boolean;
}

/** `data` of an `error`. */
export type ErrorMessageData = ErrorData;

/** Why a connection is closed. @see https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
export const closeCodes = {
  normal: 1000,
  goingAway: 1001,
  unsupported: 1003,
  policy: 1008,
  tryLater: 1013,
  /** Of our own: the client did not read. It may come back and resume. */
  slowReader: 4008,
  /** Of our own: the stream goes on over another connection. */
  replaced: 4009,
  /** Of our own: no token, or a wrong one. */
  unauthorized: 4401,
} as const;
