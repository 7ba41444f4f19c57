/** Where a server is set up: for this user in this project, for all who share the project, or for this user everywhere. */
export type McpScope = "local" | "project" | "user";

/** How the CLI stands with an MCP server. */
export type McpStatus = "connected" | "failed" | "needs_auth" | "pending" | "unknown";

/** A server as `claude mcp list` shows it. */
export interface McpServerEntry {
  readonly name: string;
  readonly type: "http" | "sse" | "stdio";
  /** The command line, or the address. */
  readonly target: string;
  readonly status: McpStatus;
  /** The status in the CLI's words. */
  readonly statusText: string;
}

/** A server as `claude mcp get` shows it. */
export interface McpServerInfo {
  readonly name: string;
  /** Undefined for scopes that this version does not know. */
  readonly scope: McpScope | undefined;
  readonly type: string;
  readonly status: McpStatus;
  readonly statusText: string;
  readonly command?: string | undefined;
  /** The arguments, joined by spaces. */
  readonly args?: string | undefined;
  readonly url?: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

const LIST_LINE = /^(?<name>\S.*?): (?<target>.*?)(?: \((?<type>HTTP|SSE)\))?\s+- (?<status>\S .+)$/;

const statuses: readonly (readonly [RegExp, McpStatus])[] = [
  [/pending/i, "pending"],
  [/auth/i, "needs_auth"],
  [/fail|error|not connected/i, "failed"],
  [/connected/i, "connected"],
];

/** What `claude mcp list` printed. Lines of another shape are left out. */
export function parseMcpList(output: string): McpServerEntry[] {
  return output.split("\n").flatMap((line) => {
    const { name, target, type, status } = LIST_LINE.exec(line.trimEnd())?.groups ?? {};
    if (name === undefined || target === undefined) return [];
    const kind = (type?.toLowerCase() ?? "stdio") as McpServerEntry["type"];
    return [{ name, type: kind, target: target.trim(), ...statusOf(status) }];
  });
}

/** What `claude mcp get` printed, or undefined when it is something else. */
export function parseMcpServer(output: string): McpServerInfo | undefined {
  const lines = output.split("\n");
  const first = lines.findIndex((line) => /^\S.*:$/.test(line));
  if (first === -1) return undefined;
  const facts = new Map<string, string>();
  const blocks: Record<string, Record<string, string>> = {};
  let block: Record<string, string> = {};
  for (const line of lines.slice(first + 1)) {
    const nested = /^ {4}(?<name>[^=:\s]+)(?:=|: )(?<value>.*)$/.exec(line)?.groups;
    const fact = /^ {2}(?<name>[A-Z][\w ]*):\s?(?<value>.*)$/.exec(line)?.groups;
    if (nested?.name !== undefined) block[nested.name] = nested.value ?? "";
    else if (fact?.name !== undefined && fact.value) facts.set(fact.name, fact.value.trim());
    else if (fact?.name !== undefined) {
      block = {};
      blocks[fact.name] = block;
    } else if (line.trim() === "") break;
  }
  return {
    name: lines[first]!.slice(0, -1),
    scope: /^(local|project|user)/i.exec(facts.get("Scope") ?? "")?.[1]?.toLowerCase() as
      | McpScope
      | undefined,
    type: facts.get("Type") ?? "stdio",
    ...statusOf(facts.get("Status")),
    command: facts.get("Command"),
    args: facts.get("Args"),
    url: facts.get("URL"),
    env: blocks.Environment ?? {},
    headers: blocks.Headers ?? {},
  };
}

function statusOf(text = ""): { status: McpStatus; statusText: string } {
  // Without the symbol before it.
  const statusText = text.replace(/^[^\p{L}]+/u, "");
  return { status: statuses.find(([pattern]) => pattern.test(statusText))?.[1] ?? "unknown", statusText };
}
