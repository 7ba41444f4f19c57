import * as z from "zod";
import type { CodeCell } from "./notebook.js";

const setting = z.object({ timeout: z.number().positive().max(2_000_000) });

/**
 * How long a cell may run, in ms: `{"claude-notebook": {"timeout": SECONDS}}` of its metadata, else `defaultMs`. What is
 * no number of seconds is not heeded: a notebook is other people's.
 */
export function cellTimeoutMs({ metadata }: CodeCell, defaultMs: number | undefined): number | undefined {
  const own = setting.safeParse(metadata["claude-notebook"]);
  return own.success ? own.data.timeout * 1000 : defaultMs;
}
