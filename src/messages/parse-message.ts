import { z } from "zod";
import { isSound } from "./is-sound.js";
import { schemaOf } from "./schemas.js";
import type { MalformedMessage, Message, ResultMessage } from "./types.js";

/** A JSON object with a `type`: all that every line of the CLI has in common. */
export type RawMessage = { readonly type: string; readonly [field: string]: unknown };

export function isRawMessage(value: unknown): value is RawMessage {
  return (
    typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string"
  );
}

/**
 * Turns a line of the CLI into a message. Never throws: a kind that is not known passes as it is, and a known kind of the
 * wrong shape becomes a {@link MalformedMessage}, so that one odd line does not end a turn that has been paid for.
 */
export function parseMessage(raw: RawMessage): Message {
  if (!isSound(raw)) {
    const schema = schemaOf(raw);
    if (!schema) return raw;
    const checked = schema.safeParse(raw);
    if (!checked.success) return malformed(raw, checked.error);
  }
  if (raw.type === "result") return Object.defineProperties({ ...raw }, resultSynonyms);
  if (raw.type !== "assistant" && raw.type !== "user") return raw;
  return { ...raw, content: (raw.message as { content: unknown }).content };
}

/** The Python SDKs' names for two fields of a result; not enumerable, so that its JSON stays the wire's. */
const resultSynonyms: PropertyDescriptorMap = {
  cost_usd: {
    get(this: ResultMessage) {
      return this.total_cost_usd;
    },
  },
  content: {
    get(this: ResultMessage) {
      return this.result;
    },
  },
};

function malformed(raw: RawMessage, error: z.ZodError): MalformedMessage {
  return { type: "malformed", problem: `${raw.type} message: ${z.prettifyError(error)}`, original: raw };
}
