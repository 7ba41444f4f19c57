import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { InvalidOptionsError } from "../errors.js";
import type { SdkMcpTool, ToolContext, ToolResult } from "./tool.js";

/** An MCP server in this process, for the option `mcpServers`. */
export interface SdkMcpServer {
  readonly type: "sdk";
  readonly name: string;
  /** A server of its own for each query that uses it. */
  open(): Promise<McpServer>;
}

/** A server made with the MCP SDK itself; it can serve one query at a time. */
export interface SdkMcpServerInstance {
  readonly type: "sdk";
  readonly name: string;
  readonly instance: McpServer;
}

/** A server of tools that run in this process. */
export interface SdkMcpServerOptions {
  readonly name: string;
  /** @defaultValue "1.0.0" */
  readonly version?: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tools of different shapes stand in one list
  readonly tools?: readonly SdkMcpTool<any>[] | undefined;
}

/**
 * Makes a server of tools that run in this process. The MCP SDK is loaded when a query first uses it.
 *
 * @throws InvalidOptionsError when two tools have one name.
 * @example
 *     query("What is 2 + 3?", { mcpServers: { maths: createSdkMcpServer({ name: "maths", tools: [add] }) }, allowedTools: ["mcp__maths__add"] });
 */
export function createSdkMcpServer({
  name,
  version = "1.0.0",
  tools = [],
}: SdkMcpServerOptions): SdkMcpServer {
  const names = tools.map((tool) => tool.name);
  const twice = names.find((tool, i) => names.indexOf(tool) !== i);
  if (twice !== undefined) {
    throw new InvalidOptionsError("tools", twice, `The server ${name} has two tools of the name ${twice}.`);
  }
  return {
    type: "sdk",
    name,
    async open() {
      const { McpServer } = await import("@modelcontextprotocol/sdk/server/mcp.js");
      const server = new McpServer({ name, version });
      for (const tool of tools) register(server, tool);
      return server;
    },
  };
}

/** Without an output schema: with one, the CLI hands images on as base64 text, at many times the tokens (claude-code#31208). */
function register(server: McpServer, tool: SdkMcpTool): void {
  const { name, description, inputSchema, annotations } = tool;
  const call = async (input: unknown, context: ToolContext): Promise<ToolResult> => {
    const result = await tool.handler(input as Record<string, unknown>, context);
    return typeof result === "string" ? { content: [{ type: "text", text: result }] } : result;
  };
  server.registerTool(
    name,
    { description, inputSchema: { ...inputSchema }, ...(annotations && { annotations }) },
    call,
  );
}
