import { z } from "zod";
import { InvalidOptionsError } from "../errors.js";

/** A schema as the CLI gets it. */
export interface OutputJsonSchema {
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether the answer stands in the field `value`: the CLI only takes schemas of objects. */
  readonly isWrapped: boolean;
}

/** Whether a value is a zod 4 schema, also one of another copy of zod. */
export function isOutputSchema(value: unknown): value is z.ZodType {
  return typeof value === "object" && value !== null && "_zod" in value && "safeParse" in value;
}

const known = new WeakMap<z.ZodType, OutputJsonSchema>();

/** @throws InvalidOptionsError for a schema that JSON Schema cannot say (functions, symbols, dates, …). */
export function outputJsonSchema(schema: z.ZodType): OutputJsonSchema {
  const before = known.get(schema);
  if (before) return before;
  const made = wrap(toJsonSchema(schema));
  known.set(schema, made);
  return made;
}

function toJsonSchema(schema: z.ZodType): Record<string, unknown> {
  try {
    return z.toJSONSchema(schema, {
      // The answer is what the parser reads, before its transforms.
      io: "input",
      // The CLI drops a schema with a format that its validator does not know ("date"); the pattern beside it says the same.
      override: ({ jsonSchema }) => {
        delete jsonSchema.format;
      },
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `The option \`outputSchema\` cannot be said in JSON Schema: ${why}`;
    throw new InvalidOptionsError("outputSchema", schema, message, { cause });
  }
}

function wrap({ $schema: _, ...schema }: Record<string, unknown>): OutputJsonSchema {
  if (schema.type === "object") return { schema, isWrapped: false };
  const { $defs, ...value } = schema;
  return {
    schema: {
      type: "object",
      properties: { value },
      required: ["value"],
      additionalProperties: false,
      ...($defs !== undefined && { $defs }),
    },
    isWrapped: true,
  };
}
