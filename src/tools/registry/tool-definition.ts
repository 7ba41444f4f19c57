import type { z } from "zod";
import type { ToolContext, ToolInput, ToolShape } from "../tool.js";

/** Whether a tool runs: at once, after somebody was asked, or not at all. */
export type ToolPermission = "allow" | "ask" | "deny";

/** A tool as it is created: a function with the form of what it takes and returns. */
export interface ToolDefinition<Shape extends ToolShape = ToolShape, Output = unknown> {
  /** Letters, digits, `_` and `-`; 64 at most, which is what the API takes. */
  readonly name: string;
  readonly description: string;
  /** Three numbers: `1.2.0`. @defaultValue "1.0.0" */
  readonly version?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** A zod type for each parameter. */
  readonly input: Shape;
  /** What it returns; without it, anything passes. */
  readonly output?: z.ZodType<Output> | undefined;
  /** @defaultValue "allow" */
  readonly permission?: ToolPermission | undefined;
  /** How long one call may take, in ms. @defaultValue 60000 */
  readonly timeoutMs?: number | undefined;
  handler(input: ToolInput<Shape>, context: ToolContext): Promise<Output> | Output;
}

/** Where a tool comes from. */
export type ToolOrigin =
  | { readonly type: "function" }
  | { readonly type: "file"; readonly path: string }
  | { readonly type: "openapi"; readonly operation: string; readonly url: string }
  | { readonly type: "mcp"; readonly server: string }
  | { readonly type: "proposal"; readonly id: string };

/** How a tool was used. */
export interface ToolUsage {
  readonly calls: number;
  readonly failures: number;
  readonly timeouts: number;
  /** Inputs and outputs that did not fit. */
  readonly invalid: number;
  /** Calls that were refused. */
  readonly denied: number;
  /** Time in calls, in ms. */
  readonly totalMs: number;
  /** ISO 8601. */
  readonly lastUsed?: string | undefined;
}

export const noUsage: ToolUsage = { calls: 0, failures: 0, timeouts: 0, invalid: 0, denied: 0, totalMs: 0 };

/** What is known of a tool, as plain data. */
export interface ToolInfo {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly enabled: boolean;
  readonly permission: ToolPermission;
  readonly origin: ToolOrigin;
  /** JSON Schemas. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly outputSchema?: Readonly<Record<string, unknown>> | undefined;
  readonly usage: ToolUsage;
}

/** What came of a call. */
export interface ToolRun<Output = unknown> {
  readonly tool: string;
  readonly version: string;
  readonly output: Output;
  readonly durationMs: number;
}

/** How a tool is run. */
export interface ExecuteOptions {
  /** @defaultValue the latest that is enabled */
  readonly version?: string | undefined;
  /** @defaultValue the tool's own */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
