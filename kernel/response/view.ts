import { createResponse, type Response } from "../../renderers/response/response.js";
import type { Message } from "../../src/messages/types.js";

/** One response on its way to a reader: into a cell, or onto a terminal. */
export interface ResponseView {
  readonly id: string;
  /** True once the response has its result, an error, or was interrupted. */
  readonly ended: boolean;
  apply(message: Message): void;
  /** The query failed: an error panel ends the response. */
  fail(error: unknown): void;
  /** The query was stopped: what is shown stays, marked as interrupted. */
  interrupt(): void;
}

/** Where a response is shown. */
export interface ResponseSink {
  /** Something of the response changed. */
  changed(response: Response): void;
  /** The same, and nothing follows. */
  ended(response: Response): void;
}

/** Opens a response and tells `sink` how it goes. */
export function createView(id: string, sink: ResponseSink): ResponseView {
  const response = createResponse({ id });
  let ended = false;
  const end = (): void => {
    ended = true;
    sink.ended(response);
  };
  return {
    id,
    get ended() {
      return ended;
    },
    apply(message) {
      response.apply(message);
      if (message.type === "result") end();
      else sink.changed(response);
    },
    fail(error) {
      response.fail(error);
      end();
    },
    interrupt() {
      response.interrupt();
      end();
    },
  };
}
