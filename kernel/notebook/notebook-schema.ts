import * as z from "zod";
import { mendCell } from "./mend-cell.js";

/** A string, or the list of its lines: nbformat allows both wherever text is stored. Read as one string. */
const text = z.unknown().transform((value, context): string => {
  // Not a union of schemas: an output may have millions of lines, and a schema looks at each.
  const joined = asText(value);
  if (typeof joined === "string") return joined;
  context.issues.push({ code: "custom", message: "expected a text or a list of lines", input: value });
  return z.NEVER;
});
/** Media type → value, with lists of lines joined. */
export const mimeBundle = z.record(z.string(), z.unknown()).transform(joinBundle);
const count = z.number().int().nullable().default(null);

const outputs = z.discriminatedUnion("output_type", [
  z.looseObject({ output_type: z.literal("stream"), name: z.string().default("stdout"), text }),
  z.looseObject({
    output_type: z.literal("display_data"),
    data: mimeBundle,
    metadata: z.record(z.string(), z.unknown()).default({}),
  }),
  z.looseObject({
    output_type: z.literal("execute_result"),
    execution_count: count,
    data: mimeBundle,
    metadata: z.record(z.string(), z.unknown()).default({}),
  }),
  z.looseObject({
    output_type: z.literal("error"),
    ename: z.string().default("Error"),
    evalue: z.string().default(""),
    traceback: z.array(z.string()).default([]),
  }),
]);

const cellFields = {
  id: z.string().optional(),
  metadata: z.looseObject({ tags: z.array(z.string()).optional().catch(undefined) }).default({}),
  source: text,
  attachments: z.record(z.string(), mimeBundle).optional(),
};

const codeCell = z.looseObject({
  ...cellFields,
  cell_type: z.literal("code"),
  execution_count: count,
  outputs: z.array(outputs).default([]),
});

const textCell = z.looseObject({ ...cellFields, cell_type: z.string() });

/** Chosen by hand, not as a union: the issues are those of the kind of cell that it says it is. */
const cell = z.looseObject({ cell_type: z.string() }).transform((value, context) => {
  const parsed = (value.cell_type === "code" ? codeCell : textCell).safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  return z.NEVER;
});

/** nbformat 4, of any minor version. Loose: what a later minor version or an extension added passes through. */
function schemaOf<Cell extends z.ZodType>(cell: Cell) {
  return z.looseObject({
    nbformat: z.literal(4),
    nbformat_minor: z.number().int().nonnegative().default(0),
    metadata: z
      .looseObject({
        kernelspec: z
          .looseObject({
            name: z.string().optional(),
            display_name: z.string().optional(),
            language: z.string().optional(),
          })
          .optional(),
        language_info: z.looseObject({ name: z.string().optional() }).optional(),
      })
      .default({}),
    cells: z.array(cell),
  });
}

export const notebookSchema = schemaOf(cell);

/** The same for what is only shown: a cell that is damaged is kept as far as it can be read. */
export const mendingSchema = schemaOf(
  z.unknown().transform((value) => {
    const parsed = cell.safeParse(value);
    return parsed.success ? parsed.data : mendCell(value, (output) => outputs.safeParse(output));
  }),
);

/** nbformat's `_is_json_mime`: these are stored as JSON, never as lines. */
export function isJsonMime(mime: string): boolean {
  return mime === "application/json" || (mime.startsWith("application/") && mime.endsWith("+json"));
}

function joinBundle(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([mime, value]) => [mime, isJsonMime(mime) ? value : asText(value)]),
  );
}

function asText<T>(value: T | string[]): T | string {
  return Array.isArray(value) && value.every((line) => typeof line === "string")
    ? value.join("")
    : (value as T);
}
