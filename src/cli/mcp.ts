import type { McpServerConfig } from "../options/types.js";
import {
  type McpScope,
  type McpServerEntry,
  type McpServerInfo,
  parseMcpList,
  parseMcpServer,
} from "./mcp-output.js";
import {
  type ClaudeCommandOptions,
  type ClaudeCommandResult,
  commandError,
  runClaudeOrThrow,
} from "./run-claude.js";

export interface McpCommandOptions extends ClaudeCommandOptions {
  /** Where the server is set up. @defaultValue "local" for adding; wherever it is for removing */
  readonly scope?: McpScope | undefined;
}

/** The MCP servers that the CLI is set up with. All of these throw CLINotFoundError, CLIConnectionError and CommandError. */
export interface McpCommand {
  (args: readonly ["list"], options?: ClaudeCommandOptions): Promise<McpServerEntry[]>;
  (args: readonly ["get", string], options?: ClaudeCommandOptions): Promise<McpServerInfo>;
  /** Runs `claude mcp ...args` as it stands. */
  (args: readonly string[], options?: ClaudeCommandOptions): Promise<ClaudeCommandResult>;
  /** All servers. The CLI starts those that are approved, to see whether they answer. */
  list(options?: ClaudeCommandOptions): Promise<McpServerEntry[]>;
  /** One server. */
  get(name: string, options?: ClaudeCommandOptions): Promise<McpServerInfo>;
  /** Sets a server up. Its arguments and variables arrive as they are. */
  add(name: string, server: McpServerConfig, options?: McpCommandOptions): Promise<void>;
  remove(name: string, options?: McpCommandOptions): Promise<void>;
}

/**
 * @example
 *     await mcp.add("docs", { type: "http", url: "https://docs.example.com/mcp" }, { scope: "project" });
 *     for (const { name, status } of await mcp.list()) console.log(name, status);
 *     await mcp(["remove", "docs"]);
 */
export const mcp: McpCommand = Object.assign(runMcp as McpCommand, { list, get, add, remove });

function runMcp(args: readonly string[], options: ClaudeCommandOptions = {}): Promise<unknown> {
  const [command, name, ...rest] = args;
  if (command === "list" && name === undefined) return list(options);
  if (command === "get" && name !== undefined && rest.length === 0) return get(name, options);
  return runClaudeOrThrow(["mcp", ...args], options);
}

async function list(options: ClaudeCommandOptions = {}): Promise<McpServerEntry[]> {
  return parseMcpList((await runClaudeOrThrow(["mcp", "list"], options)).stdout);
}

async function get(name: string, options: ClaudeCommandOptions = {}): Promise<McpServerInfo> {
  const args = ["mcp", "get", ...nameArguments(name)];
  const result = await runClaudeOrThrow(args, options);
  const server = parseMcpServer(result.stdout);
  if (!server) throw commandError(args, result, options);
  return server;
}

async function add(name: string, server: McpServerConfig, options: McpCommandOptions = {}): Promise<void> {
  const { scope = "local", ...rest } = options;
  const json = JSON.stringify("command" in server ? { type: "stdio", ...server } : server);
  await runClaudeOrThrow(["mcp", "add-json", `--scope=${scope}`, ...nameArguments(name), json], rest);
}

async function remove(name: string, options: McpCommandOptions = {}): Promise<void> {
  const { scope, ...rest } = options;
  const where = scope === undefined ? [] : [`--scope=${scope}`];
  await runClaudeOrThrow(["mcp", "remove", ...where, ...nameArguments(name)], rest);
}

/** After "--" nothing is a flag. */
function nameArguments(name: string): string[] {
  return name.startsWith("-") ? ["--", name] : [name];
}
