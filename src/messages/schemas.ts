import { z } from "zod";

/**
 * The least that a message of each kind must have for the rest of the code to trust its type. A newer CLI may add fields and
 * kinds: the schemas only check, messages are passed on as they came, and so what a schema does not name stays.
 */
const block = z.object({ type: z.string() });
const blocks = z.array(block);
const optionalText = z.string().nullish();

const common = { parent_tool_use_id: optionalText, session_id: optionalText, uuid: optionalText };

/** One row for each kind of message with a shape of its own; every other kind passes unchecked. */
const messageSchemas: Readonly<Record<string, z.ZodType>> = {
  assistant: z.object({ ...common, message: z.object({ content: blocks }) }),
  user: z.object({ ...common, message: z.object({ content: z.union([z.string(), blocks]) }) }),
  system: z.object({ ...common, subtype: z.string() }),
  result: z.object({
    ...common,
    subtype: z.string(),
    is_error: z.boolean(),
    result: z.string().optional(),
    errors: z.array(z.string()).optional(),
    total_cost_usd: z.number().optional(),
    num_turns: z.number().optional(),
    duration_ms: z.number().optional(),
  }),
  stream_event: z.object({ ...common, event: z.object({ type: z.string() }) }),
};

/** The same for the events of the API that a `stream_event` carries. */
const eventSchemas: Readonly<Record<string, z.ZodType>> = {
  message_start: streamEvent({ message: z.object({}) }),
  content_block_start: streamEvent({ index: z.number(), content_block: block }),
  content_block_delta: streamEvent({ index: z.number(), delta: block }),
  content_block_stop: streamEvent({ index: z.number() }),
  message_delta: streamEvent({ delta: z.object({}) }),
};

function streamEvent(shape: z.core.$ZodLooseShape): z.ZodType {
  return z.object({ ...common, event: z.object(shape) });
}

/** What checks a message; undefined for a kind that has no shape of its own. */
export function schemaOf(raw: { readonly type: string; readonly event?: unknown }): z.ZodType | undefined {
  const kind = raw.type === "stream_event" ? String((raw.event as { type?: unknown } | null)?.type) : "";
  if (Object.hasOwn(eventSchemas, kind)) return eventSchemas[kind];
  return Object.hasOwn(messageSchemas, raw.type) ? messageSchemas[raw.type] : undefined;
}
