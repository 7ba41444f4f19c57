import { z } from "zod";
import type { ToolShape } from "../tool.js";
import { ToolError } from "./tool-error.js";

/**
 * A zod type for each property of a JSON Schema of an object.
 *
 * @throws ToolError `bad_document` for a schema that cannot be understood.
 */
export function shapeOfJsonSchema(schema: unknown, tool: string): ToolShape {
  const type = zodOfJsonSchema(schema ?? { type: "object" }, tool);
  if (type instanceof z.ZodObject) return type.shape as ToolShape;
  throw new ToolError("bad_document", tool, `The input of the tool ${tool} is no object by its schema.`);
}

export function zodOfJsonSchema(schema: unknown, tool: string): z.ZodType {
  try {
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ToolError("bad_document", tool, `A schema of the tool ${tool} cannot be understood: ${why}`, {
      cause,
    });
  }
}
