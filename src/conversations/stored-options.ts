import { z } from "zod";
import { resolveCwd } from "../options/resolve-cwd.js";
import type { ClaudeOptions } from "../options/types.js";

const text = z.string();
const texts = z.array(text);

/**
 * The options that a conversation's file keeps. What permits something (permission modes, allowed tools, hooks, callbacks),
 * what starts something (servers, executables) and what may hold secrets (`env`, `settings`) is not among them: a file must
 * not be able to grant anything.
 */
const storedOptions = z.object({
  model: text.optional(),
  fallbackModel: text.optional(),
  systemPrompt: text.optional(),
  appendSystemPrompt: text.optional(),
  effort: z.enum(["low", "medium", "high", "xhigh", "max"]).optional(),
  maxTurns: z.int().positive().optional(),
  tools: texts.optional(),
  disallowedTools: texts.optional(),
  /** Absolute: the CLI finds a session again only from the folder it was begun in. */
  cwd: text.optional(),
});

export type StoredOptions = Readonly<z.output<typeof storedOptions>>;

/** What a file may keep of a turn's options. */
export function toStoredOptions(options: ClaudeOptions): StoredOptions {
  return parseStoredOptions({ ...options, cwd: resolveCwd(options.cwd) });
}

/** Reads stored options; those of another form are left out one by one. */
export function parseStoredOptions(value: unknown): StoredOptions {
  const given = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const kept = Object.entries(storedOptions.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(given[name]);
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(kept) as StoredOptions;
}
