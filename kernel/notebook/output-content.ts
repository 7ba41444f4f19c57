import * as z from "zod";
import { MALFORMED_TYPE } from "../remote/tolerant-serializer.js";
import { isJsonMime, mimeBundle } from "./notebook-schema.js";

/** What nbformat stores: JSON for JSON types, text for all others. */
const data = mimeBundle
  .default({})
  .refine(
    (bundle) =>
      Object.entries(bundle).every(([mime, value]) => isJsonMime(mime) || typeof value === "string"),
    "expected text for each type but JSON",
  );
const metadata = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});
const transient = z.looseObject({ display_id: z.string().optional() }).nullish();
const execution_count = z
  .int()
  .nonnegative()
  .nullish()
  .transform((value) => value ?? null);

/** The content of the iopub messages that make outputs: a server elsewhere may send anything, and what is kept must be nbformat. */
export const outputContents = {
  stream: z.object({ name: z.string().default("stdout"), text: z.string().default("") }),
  display_data: z.object({ data, metadata, transient }),
  execute_result: z.object({ data, metadata, transient, execution_count }),
  update_display_data: z.object({ data, metadata, transient }),
  error: z.object({
    ename: z.string().default("Error"),
    evalue: z.string().default(""),
    traceback: z.array(z.string()).default([]),
  }),
  clear_output: z.object({ wait: z.boolean().default(false) }),
  execute_input: z.object({ execution_count }),
  [MALFORMED_TYPE]: z.never("it cannot be read"),
} as const;

/** The types of these messages. */
export type OutputType = keyof typeof outputContents;

/** The content of a message of one type. */
export type OutputContent<T extends OutputType> = z.output<(typeof outputContents)[T]>;
