import { randomUUID } from "node:crypto";
import { ControlRequestError } from "../errors.js";
import type { RawMessage } from "../messages/parse-message.js";

/** The body of a request or an answer, as it stands on the wire. */
export type Fields = Readonly<Record<string, unknown>>;

export interface IncomingRequest {
  readonly requestId: string;
  /** Fires when the CLI withdraws the request, and when it ends. */
  readonly signal: AbortSignal;
}

/** Answers one kind of request of the CLI; what it throws becomes an error answer. */
export type RequestHandler = (request: Fields, incoming: IncomingRequest) => Promise<Fields> | Fields;

/** Requests and answers in both directions, between the lines of the messages. */
export interface ControlChannel {
  /** Asks the CLI. @throws ControlRequestError when it refuses, or ends without an answer. */
  request(subtype: string, fields?: Fields): Promise<Fields>;
  /** Takes a line that belongs to the protocol; false for a message that is for the reader. */
  take(raw: RawMessage): boolean;
  /** Fails what waits for an answer, withdraws what is being answered, and refuses every further request. */
  close(why: string): void;
}

/**
 * @param send writes a line to the CLI.
 * @param handlerOf the handler of a kind of request; undefined is answered with an error.
 */
export function createControlChannel(
  send: (line: Fields) => void,
  handlerOf: (subtype: string) => RequestHandler | undefined,
): ControlChannel {
  const waiting = new Map<string, { settle(answer: Fields): void; fail(why: string): void }>();
  const answering = new Map<string, AbortController>();
  let closed: string | undefined;

  const respond = (requestId: string, answer: Fields): void => {
    if (closed === undefined)
      send({ type: "control_response", response: { request_id: requestId, ...answer } });
  };

  async function answer(requestId: string, request: Fields): Promise<void> {
    const abort = new AbortController();
    answering.set(requestId, abort);
    try {
      const subtype = String(request.subtype);
      const handler = handlerOf(subtype);
      if (!handler) throw new Error(`There is nothing here that answers \`${subtype}\`.`);
      const response = await handler(request, { requestId, signal: abort.signal });
      if (!abort.signal.aborted) respond(requestId, { subtype: "success", response });
    } catch (error) {
      // Withdrawn: nobody waits for the answer any more.
      if (abort.signal.aborted) return;
      respond(requestId, { subtype: "error", error: error instanceof Error ? error.message : String(error) });
    } finally {
      answering.delete(requestId);
    }
  }

  /** One row for each kind of line that belongs to the protocol. */
  const lineHandlers: Readonly<Record<string, (raw: RawMessage) => void>> = {
    control_response(raw) {
      const { request_id, subtype, response, error } = (raw.response ?? {}) as Fields;
      const asked = waiting.get(String(request_id));
      if (subtype === "error") asked?.fail(String(error ?? "the CLI does not say why"));
      else asked?.settle((response ?? {}) as Fields);
      for (const request of askedAgain(raw.response as Fields | undefined))
        if (!answering.has(String(request.request_id))) lineHandlers.control_request!(request);
    },
    control_request: (raw) => void answer(String(raw.request_id), (raw.request ?? {}) as Fields),
    control_cancel_request: (raw) => answering.get(String(raw.request_id))?.abort(),
    keep_alive: () => {},
  };

  return {
    request(subtype, fields = {}) {
      return new Promise((resolve, reject) => {
        const fail = (why: string): void => reject(new ControlRequestError(subtype, why));
        if (closed !== undefined) return fail(closed);
        const requestId = randomUUID();
        waiting.set(requestId, {
          settle(response) {
            waiting.delete(requestId);
            resolve(response);
          },
          fail(why) {
            waiting.delete(requestId);
            fail(why);
          },
        });
        send({ type: "control_request", request_id: requestId, request: { subtype, ...fields } });
      });
    },
    take(raw) {
      if (!Object.hasOwn(lineHandlers, raw.type)) return false;
      lineHandlers[raw.type]!(raw);
      return true;
    },
    close(why) {
      closed ??= why;
      for (const asked of [...waiting.values()]) asked.fail(why);
      for (const abort of answering.values()) abort.abort();
    },
  };
}

/** What the CLI waits for, and tells again in its answer to a second `initialize`. */
function askedAgain(response: Fields = {}): readonly RawMessage[] {
  return [response.pending_permission_requests, response.pending_user_dialog_requests].flatMap(
    (list) => (Array.isArray(list) ? list : []) as RawMessage[],
  );
}
