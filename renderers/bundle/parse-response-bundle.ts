import { z } from "zod";
import { isNestedAtMost } from "../panels/read-value.js";
import type { Part, ResponseBundle } from "../response/parts.js";

/** Most levels of parts under parts that are accepted. */
const MAX_DEPTH = 12;

/** Most levels of arrays and objects in all that are accepted: drawing and checking them recurse. */
const MAX_NESTING = 200;

/** Most parts of one output that are accepted. */
const MAX_PARTS = 10_000;

const text = z.string();
const base = {
  id: text.default(""),
  state: z.enum(["streaming", "running", "done", "failed", "interrupted"]),
  durationMs: z.number().optional(),
  retracted: z.boolean().optional(),
};

const textPart = z.object({ ...base, type: z.literal("text"), text });
const thinkingPart = z.object({
  ...base,
  type: z.literal("thinking"),
  text,
  redacted: z.boolean().optional(),
  tokens: z.number().optional(),
});
const noticePart = z.object({
  ...base,
  type: z.literal("notice"),
  level: z.enum(["info", "warning", "error"]),
  title: text,
  text,
  hints: z.array(text).optional(),
  output: text.optional(),
});
const footerPart = z.object({
  ...base,
  type: z.literal("footer"),
  turns: z.number().optional(),
  costUsd: z.number().optional(),
  inputTokens: z.number().optional(),
  outputTokens: z.number().optional(),
  cacheReadTokens: z.number().optional(),
  replayed: z.boolean(),
  recording: text.optional(),
  contextTokens: z.number().optional(),
  contextWindow: z.number().optional(),
  session: z
    .object({
      id: text.optional(),
      model: text.optional(),
      version: text.optional(),
      permissionMode: text.optional(),
      tools: z.array(text),
      mcpServers: z.array(z.object({ name: text, status: text })),
    })
    .optional(),
});
const viewPart = z.object({ ...base, type: z.literal("view"), view: text, data: z.unknown() });
const task = z.object({
  id: text,
  status: z.enum(["running", "done", "failed", "stopped"]),
  summary: text.optional(),
  toolUses: z.number().optional(),
  tokens: z.number().optional(),
});
const plan = z.array(z.object({ id: text, text, state: z.enum(["open", "now", "done"]) }));
const toolResult = z.object({
  content: z.unknown(),
  structured: z.unknown().optional(),
  isError: z.boolean(),
});

/** Parts with tools at most `depth` levels deep: depth is in the schema, so that no input decides it. */
function partSchema(depth: number): z.ZodType {
  const children = depth === 0 ? z.array(z.never()) : z.array(partSchema(depth - 1)).max(MAX_PARTS);
  const toolPart = z.object({
    ...base,
    type: z.literal("tool"),
    name: text,
    input: z.unknown(),
    result: toolResult.optional(),
    children: children.default([]),
    denied: z.boolean().optional(),
    task: task.optional(),
    plan: plan.optional(),
  });
  return z.union([textPart, thinkingPart, toolPart, noticePart, footerPart, viewPart]);
}

const bundleSchema = z.object({
  version: z.literal(1),
  response: text,
  parts: z.array(partSchema(MAX_DEPTH)).max(MAX_PARTS),
});

/**
 * Reads stored parts. Whoever wrote the notebook may have written them by hand: what has another shape, nests deeper than
 * any response does, or is of another version gives undefined. Unknown fields are dropped.
 */
export function parseResponseBundle(json: unknown): ResponseBundle | undefined {
  if (!isNestedAtMost(json, MAX_NESTING)) return undefined;
  const parsed = bundleSchema.safeParse(json);
  return parsed.success ? { ...parsed.data, parts: parsed.data.parts as Part[] } : undefined;
}
