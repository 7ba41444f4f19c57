import { z } from "zod";

/**
 * The least that a message of each kind must have for the rest of the code to trust its type. Loose: a newer CLI may add
 * fields and kinds. The schemas only check; messages are passed on as they came.
 */
const block = z.looseObject({ type: z.string() });
const blocks = z.array(block);
const optionalText = z.string().nullish();

const common = { parent_tool_use_id: optionalText, session_id: optionalText, uuid: optionalText };

const streamEvent = z.union([
  z.looseObject({ type: z.literal("message_start"), message: z.looseObject({}) }),
  z.looseObject({ type: z.literal("content_block_start"), index: z.number(), content_block: block }),
  z.looseObject({ type: z.literal("content_block_delta"), index: z.number(), delta: block }),
  z.looseObject({ type: z.literal("content_block_stop"), index: z.number() }),
  z.looseObject({ type: z.literal("message_delta"), delta: z.looseObject({}) }),
  z.looseObject({
    type: z.string().regex(/^(?!(message_start|content_block_(start|delta|stop)|message_delta)$)/),
  }),
]);

/** One row for each kind of message with a shape of its own; every other kind passes unchecked. */
export const messageSchemas: Readonly<Record<string, z.ZodType>> = {
  assistant: z.looseObject({ ...common, message: z.looseObject({ content: blocks }) }),
  user: z.looseObject({ ...common, message: z.looseObject({ content: z.union([z.string(), blocks]) }) }),
  system: z.looseObject({ ...common, subtype: z.string() }),
  result: z.looseObject({
    ...common,
    subtype: z.string(),
    is_error: z.boolean(),
    result: z.string().optional(),
    errors: z.array(z.string()).optional(),
    total_cost_usd: z.number().optional(),
    num_turns: z.number().optional(),
    duration_ms: z.number().optional(),
  }),
  stream_event: z.looseObject({ ...common, event: streamEvent }),
};
