import { z } from "zod";
import { isRawMessage, type RawMessage } from "../messages/parse-message.js";

/** Version of the file's form. */
export const FORMAT_VERSION = 1;

const time = z.iso.datetime();
const tags = z.array(z.string());
const turn = z.int().positive();

/** The first line: what the conversation began with. */
const header = z.object({
  type: z.literal("conversation"),
  version: z.number(),
  session_id: z.string(),
  created_at: time,
  title: z.string().optional(),
  tags: tags.default([]),
  options: z.unknown().optional(),
  parent: z
    .object({
      session_id: z.string(),
      turns: z.number(),
      /** The CLI's session to copy, up to the message of this uuid. */
      claude_session: z.string().optional(),
      up_to: z.string().optional(),
    })
    .optional(),
});

/** The lines after it, in the order of what happened. */
const laterEntries = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("turn"),
    turn,
    at: time,
    prompt: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]),
    /** Names the turn's recording, and is part of the name of the next one's. */
    key: z.string().optional(),
    copied: z.boolean().optional(),
  }),
  z.object({
    type: z.literal("message"),
    turn,
    at: time,
    message: z.custom<RawMessage>(isRawMessage, "no message"),
  }),
  z.object({
    type: z.literal("end"),
    turn,
    at: time,
    outcome: z.enum(["done", "failed", "interrupted"]),
    replayed: z.boolean(),
    error: z.string().optional(),
  }),
  z.object({
    type: z.literal("change"),
    at: time,
    title: z.string().optional(),
    // What is added and taken away, not what there is: two processes may change tags at once.
    add_tags: tags.optional(),
    remove_tags: tags.optional(),
    archived: z.boolean().optional(),
  }),
]);

export type ConversationHeader = z.output<typeof header>;
export type ConversationEntry = z.output<typeof laterEntries>;

/** The prompt of a turn as a line has it. */
export type StoredPrompt = Extract<ConversationEntry, { type: "turn" }>["prompt"];

/** What is changed of a conversation beside its turns. */
export interface ConversationChange {
  readonly title?: string | undefined;
  readonly add_tags?: string[] | undefined;
  readonly remove_tags?: string[] | undefined;
  readonly archived?: boolean | undefined;
}

/** The first line of a file, or undefined for anything else. */
export function parseHeader(line: string): ConversationHeader | undefined {
  return parseLine(line, header);
}

/** A later line, or undefined for what cannot be read. */
export function parseEntry(line: string): ConversationEntry | undefined {
  return parseLine(line, laterEntries);
}

function parseLine<T>(line: string, schema: z.ZodType<T>): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
