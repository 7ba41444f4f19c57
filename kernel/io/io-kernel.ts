import type { CompilerClient } from "../compile/compiler-client.js";
import type { Channels } from "./channels.js";
import type { Connection } from "./connection-file.js";
import type { ExecuteQueue } from "./execute-queue.js";
import type { History } from "./history.js";
import type { Request } from "./request.js";
import type { SharedState } from "./shared-state.js";
import type { ToMain } from "./thread-messages.js";
import type { Json } from "./wire.js";

/** What the handlers of requests work with: the I/O thread's view of the kernel. */
export interface IoKernel {
  readonly connection: Connection;
  readonly channels: Channels;
  readonly shared: SharedState;
  readonly compiler: CompilerClient;
  readonly history: History;
  readonly queue: ExecuteQueue;
  /** How many cells have been counted. */
  readonly executions: { count: number };
  /** Says that the kernel is busy with a request. */
  begin(request: Request): void;
  /** Sends the reply, if there is one, and says that the kernel is idle again (or still busy with a running cell). */
  finish(request: Request, reply?: Json): void;
  /** Hands a request to the main thread, which will finish it. */
  forward(request: Request, message: ToMain): void;
  /** Tells the main thread something that is no request. */
  tellMain(message: ToMain): void;
  /** Ends the process, whatever the main thread does. */
  stop(): Promise<void>;
}

/** Deals with one type of message. */
export type RequestHandler = (io: IoKernel, request: Request) => void;

/** A handler for requests that are answered on the spot. */
export function answer(reply: (io: IoKernel, request: Request) => Json): RequestHandler {
  return (io, request) => {
    io.begin(request);
    io.finish(request, reply(io, request));
  };
}

/** A handler for requests that another thread answers; a failure becomes an error reply. */
export function answerLater(reply: (io: IoKernel, request: Request) => Promise<Json>): RequestHandler {
  return (io, request) => {
    io.begin(request);
    reply(io, request).then(
      (content) => io.finish(request, content),
      (error: unknown) => io.finish(request, errorReply(error)),
    );
  };
}

/** The content of a reply that refuses a request. */
export function errorReply(error: unknown): Json {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { status: "error", ename: name, evalue: message, traceback: [stack ?? message] };
}
