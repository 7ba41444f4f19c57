import type { CallToolResult, ToolAnnotations } from "@modelcontextprotocol/sdk/types.js";
import type { z } from "zod";

/** What a tool returns: `{ content: [{ type: "text", text }, { type: "image", data, mimeType }], isError? }`. */
export type ToolResult = CallToolResult;

/** The parameters of a tool: a zod type for each. */
export type ToolShape = Readonly<Record<string, z.ZodType>>;

/** The input of a tool, as its zod shape reads it. */
export type ToolInput<Shape extends ToolShape> = { [Name in keyof Shape]: z.output<Shape[Name]> };

/** What a tool's handler is given beside its input. */
export interface ToolContext {
  /** Fires when the call is cancelled. */
  readonly signal: AbortSignal;
}

/** A tool that runs in this process. */
export interface SdkMcpTool<Shape extends ToolShape = ToolShape> {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Shape;
  /** What it throws is told to Claude as the tool's error. A string stands for one text block. */
  handler(input: ToolInput<Shape>, context: ToolContext): Promise<ToolResult | string> | ToolResult | string;
  readonly annotations?: ToolAnnotations | undefined;
}

/**
 * Defines a tool for {@link createSdkMcpServer}. Claude knows it as `mcp__SERVER__NAME`.
 *
 * @example
 *     const add = tool("add", "Adds two numbers", { a: z.number(), b: z.number() }, ({ a, b }) => String(a + b));
 */
export function tool<const Shape extends ToolShape>(
  name: string,
  description: string,
  inputSchema: Shape,
  handler: SdkMcpTool<Shape>["handler"],
  extras: Pick<SdkMcpTool, "annotations"> = {},
): SdkMcpTool<Shape> {
  return { name, description, inputSchema, handler, ...extras };
}
