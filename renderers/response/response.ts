import { randomUUID } from "node:crypto";
import { ClaudeSDKError } from "../../src/errors.js";
import type { Message, ResultMessage } from "../../src/messages/types.js";
import { originOf } from "../../src/origin.js";
import { CONVERSATION_HANDLERS } from "./conversation-handlers.js";
import { kindOf, NEWS, SILENT_KINDS, unknownNotice } from "./news.js";
import { errorNotice } from "./notices.js";
import type { Part } from "./parts.js";
import { type Handle, SYSTEM_HANDLERS } from "./system-handlers.js";
import { createTurn } from "./turn.js";
import { isWellFormed } from "./well-formed.js";

/** A response that grows with the messages of a turn. */
export interface Response {
  readonly id: string;
  /** What there is to show, in reading order: a new array after a change; unchanged parts keep their identity. */
  readonly parts: readonly Part[];
  /** True once the turn has ended, in whatever way; another turn of the same conversation makes it false again. */
  readonly done: boolean;
  readonly result: ResultMessage | undefined;
  /** The model, once the CLI has named it. */
  readonly model: string | undefined;
  /** Adds a message. Unknown kinds and wrong shapes are passed over; nothing is thrown. */
  apply(message: Message): void;
  /** The turn failed: open parts become failed, an error notice says why. */
  fail(error: unknown): void;
  /** The turn was stopped: open parts become interrupted, a notice says so. */
  interrupt(): void;
  /** No message follows: what is open is closed. */
  end(): void;
}

/** How a response reads messages. */
export interface ResponseOptions {
  /** @defaultValue a random id */
  readonly id?: string;
  /** The time in milliseconds since 1970: a retry that is awaited live says at what time it comes. @defaultValue `Date.now` */
  readonly now?: () => number;
}

/** Handlers by kind, see {@link kindOf}; what is not here may be in {@link NEWS}. */
const HANDLERS: Readonly<Record<string, Handle>> = { ...SYSTEM_HANDLERS, ...CONVERSATION_HANDLERS };

/**
 * Turns the messages of a turn into parts. The same messages give the same parts, live, replayed or read from a file,
 * with partial messages or without (but for the time that thinking took, which only partial messages tell, and the time of
 * day at which a live retry comes).
 */
export function createResponse({ id = randomUUID(), now = Date.now }: ResponseOptions = {}): Response {
  const turn = createTurn(now);
  const seen = new Set<string>();
  /** Kinds that came after us, each told of once: a CLI may send hundreds of one. */
  const unknownKinds = new Set<string>();
  return {
    id,
    get parts() {
      return turn.root.parts;
    },
    get done() {
      return turn.done;
    },
    get result() {
      return turn.result;
    },
    get model() {
      return turn.model;
    },
    apply(message) {
      if (typeof message !== "object" || message === null || isRepeated(message, seen)) return;
      if (!isWellFormed(message)) return;
      const kind = kindOf(message);
      if (Object.hasOwn(HANDLERS, kind)) HANDLERS[kind]!(turn, message as never, originOf(message)?.atMs);
      else if (Object.hasOwn(NEWS, kind)) {
        const notice = NEWS[kind]!(message);
        if (notice) turn.tell(notice);
      } else if (!Object.hasOwn(SILENT_KINDS, kind) && !unknownKinds.has(kind)) {
        unknownKinds.add(kind);
        turn.tell(unknownNotice(kind, message));
      }
    },
    fail(error) {
      const notice = errorNotice(error);
      turn.flushSynthetic(notice.text);
      turn.close("failed");
      // The result's own notice already said it.
      const isSaid = ClaudeSDKError.isInstance(error) && error.code === "result_error";
      if (!(turn.result?.is_error && isSaid)) turn.addNotice(notice);
    },
    interrupt() {
      if (!turn.done) turn.interrupt();
    },
    end() {
      turn.flushSynthetic("");
      turn.close("done");
    },
  };
}

/** The CLI gives each line an id of its own; the same id again is the same line again. */
function isRepeated(message: Message, seen: Set<string>): boolean {
  const uuid = (message as { uuid?: unknown }).uuid;
  if (typeof uuid !== "string") return false;
  if (seen.has(uuid)) return true;
  seen.add(uuid);
  return false;
}
