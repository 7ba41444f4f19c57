import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { McpServerConfig } from "../../options/types.js";
import { VERSION } from "../../version.js";
import { isInProcess } from "../mcp-bridge.js";
import { shapeOfJsonSchema } from "./json-schema-shape.js";
import { ToolError } from "./tool-error.js";
import type { ToolRegistry } from "./tool-registry.js";

type McpTool = Awaited<ReturnType<Client["listTools"]>>["tools"][number];

/** Pages of a server's list of tools. */
const MAX_PAGES = 100;

/** How the tools of an MCP server stand in the registry. */
export interface McpToolsOptions {
  /** Goes before each name, for servers whose tools are called alike: `github_`. */
  readonly prefix?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/**
 * Adds the tools of an MCP server, which runs until the registry is closed.
 *
 * @returns the names of the tools.
 * @throws ToolError `unreadable` when the server cannot be reached; `bad_document` for a schema that cannot be understood.
 */
export async function createToolsFromMcpServer(
  registry: ToolRegistry,
  name: string,
  server: McpServerConfig,
  { prefix = "", tags = [] }: McpToolsOptions = {},
): Promise<readonly string[]> {
  const client = await connect(name, server);
  registry.onClose(() => client.close());
  const tools = await listTools(client, name);
  return tools.map((found) => {
    const input = shapeOfJsonSchema(found.inputSchema, found.name);
    const definition = {
      name: `${prefix}${found.name}`,
      description: found.description ?? found.name,
      tags,
      input,
      handler: async (given: object, { signal }: { signal: AbortSignal }) => {
        const result = await client.callTool({ name: found.name, arguments: { ...given } }, undefined, {
          signal,
        });
        return outputOf(found.name, result);
      },
    };
    return registry.create(definition, { type: "mcp", server: name }).name;
  });
}

/** All pages of them. */
async function listTools(client: Client, name: string): Promise<McpTool[]> {
  const tools: McpTool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const found = await client.listTools(cursor === undefined ? undefined : { cursor });
    tools.push(...found.tools);
    cursor = found.nextCursor;
    if (cursor === undefined) return tools;
  }
  const message = `The MCP server ${name} lists tools without end: more than ${MAX_PAGES} pages.`;
  throw new ToolError("bad_document", name, message);
}

async function connect(name: string, server: McpServerConfig): Promise<Client> {
  const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
  const client = new Client({ name: "claude-notebook", version: VERSION });
  try {
    await client.connect(await transportOf(server));
    return client;
  } catch (cause) {
    await client.close();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ToolError("unreadable", name, `The MCP server ${name} cannot be reached: ${why}`, { cause });
  }
}

async function transportOf(server: McpServerConfig): Promise<Transport> {
  if (isInProcess(server)) {
    const { InMemoryTransport } = await import("@modelcontextprotocol/sdk/inMemory.js");
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    const running = "open" in server ? await server.open() : server.instance;
    await running.connect(theirs);
    return ours;
  }
  if ("command" in server) {
    const { StdioClientTransport } = await import("@modelcontextprotocol/sdk/client/stdio.js");
    const { command, args = [], env } = server;
    return new StdioClientTransport({ command, args: [...args], ...(env && { env }), stderr: "ignore" });
  }
  const { url, type, headers } = server as {
    url: string;
    type: "http" | "sse";
    headers?: Record<string, string>;
  };
  const options = { requestInit: { headers: { ...headers } } };
  if (type === "sse") {
    const { SSEClientTransport } = await import("@modelcontextprotocol/sdk/client/sse.js");
    return new SSEClientTransport(new URL(url), options) as Transport;
  }
  const { StreamableHTTPClientTransport } = await import(
    "@modelcontextprotocol/sdk/client/streamableHttp.js"
  );
  return new StreamableHTTPClientTransport(new URL(url), options) as Transport;
}

/** One text is a text; anything else is the list of blocks. */
function outputOf(tool: string, result: Awaited<ReturnType<Client["callTool"]>>): unknown {
  const content = (result.content ?? []) as readonly { type: string; text?: string }[];
  const texts = content.flatMap(({ type, text }) => (type === "text" ? [text ?? ""] : []));
  if (result.isError) throw new ToolError("failed", tool, `The tool ${tool} failed: ${texts.join("\n")}`);
  if (result.structuredContent !== undefined) return result.structuredContent;
  return texts.length === content.length ? texts.join("\n") : content;
}
