import type { MessagePort } from "node:worker_threads";
import type { Connection } from "./connection-file.js";
import type { SharedState } from "./shared-state.js";
import type { TextMemory } from "./text-ring.js";
import type { Json, JsonText } from "./wire.js";

export type StreamName = "stdout" | "stderr";

/** Text on a stream of a cell. */
export interface StreamText {
  /** The request the text belongs to. */
  readonly parent: string | undefined;
  readonly name: StreamName;
  readonly text: string;
  /** Counted in `slot.outstanding` until sent. */
  readonly cost: number;
}

/** What the I/O thread asks of the main thread. */
export type ToMain =
  | ExecuteCell
  | { readonly type: "interrupt"; readonly cell: string | undefined }
  | { readonly type: "comm_info"; readonly id: string; readonly target: string | undefined }
  | CommEvent
  | { readonly type: "exit"; readonly code: number };

export interface ExecuteCell {
  readonly type: "execute";
  /** The `msg_id` of the request. */
  readonly id: string;
  readonly code: string;
  readonly executionCount: number;
  readonly silent: boolean;
  readonly allowStdin: boolean;
  /** Name → expression to evaluate after the cell. */
  readonly userExpressions: Readonly<Record<string, string>>;
}

export interface CommEvent {
  readonly type: "comm";
  readonly id: string;
  readonly event: "comm_open" | "comm_msg" | "comm_close";
  readonly content: Json;
  readonly metadata: Json;
  readonly buffers: readonly Uint8Array[];
}

/** A message of the main thread as it is posted. */
export interface PostedByMain {
  readonly message: FromMain | TextMark;
  /** Position in the shared text (text-ring.ts) up to which it was written before the message; undefined: it does not matter. */
  readonly textBefore?: number;
}

/** What the main thread says of the text it writes to shared memory. */
export type TextMark =
  /** There is some, and the I/O thread slept. */
  | { readonly type: "text" }
  /** What follows belongs to this request and stream. */
  | { readonly type: "stream"; readonly parent: string | undefined; readonly name: StreamName };

/** What the main thread hands to the I/O thread. Messages are sent in the order they are posted. */
export type FromMain =
  /** Text for which shared memory has no room. */
  | (StreamText & { readonly type: "write" })
  | Publish
  | Ask
  /** A request is done; without content no reply is sent (comm messages have none). */
  | { readonly type: "finish"; readonly id: string; readonly content?: Json }
  /** The way to a compile thread that has been started. */
  | { readonly type: "compiler"; readonly port: MessagePort }
  /** What others have written to a pipe before the text that follows. */
  | { readonly type: "piped"; readonly name: StreamName; readonly bytes: Uint8Array }
  /** The process ends: answer the running cell with this, send what is queued, then set `slot.drained`. */
  | { readonly type: "ending"; readonly reason: string };

/** A question to the user. */
export interface Ask {
  readonly type: "input";
  /** The request whose client is asked. */
  readonly id: string;
  /** Its number, which the {@link Answer} names again. */
  readonly question: number;
  readonly prompt: string;
  readonly password: boolean;
}

/** What the user typed, as the I/O thread passes it on. */
export interface Answer {
  readonly question: number;
  readonly value: string;
}

export interface Publish {
  readonly type: "publish";
  /** The request the message belongs to. */
  readonly parent: string | undefined;
  readonly messageType: string;
  readonly content: Json | JsonText;
  readonly metadata?: Json | JsonText | undefined;
  readonly buffers?: readonly Uint8Array[] | undefined;
  /** Counted in `slot.outstanding` until sent. */
  readonly cost: number;
}

/** Descriptors to read what is written to 1 and 2 when these are pipes of ours, and the file of crash-journal.ts. */
export type PipeDescriptors = Readonly<Record<StreamName | "journal", number>>;

/** What the I/O worker is started with. */
export interface IoWorkerData {
  readonly connection: Connection;
  readonly shared: SharedState;
  readonly main: MessagePort;
  readonly text: TextMemory;
  readonly input: MessagePort;
  /** Brings a message for each SIGINT from outside. */
  readonly sigints: MessagePort;
  readonly outputPipes: PipeDescriptors | undefined;
  /** The most the main thread's heap may grow to, in bytes. */
  readonly heapLimit: number;
  /** The process that started the kernel; when it is gone, the kernel ends. */
  readonly parentPid: number;
}
