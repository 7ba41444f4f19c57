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

/** Between a server's target and its status; as one pattern with what is around it, it would try each place for each other one. */
const STATUS_MARK = /\s- (?=\S .)/;

const statuses: readonly (readonly [RegExp, McpStatus])[] = [
  [/pending/i, "pending"],
  [/auth/i, "needs_auth"],
  [/fail|error|not connected/i, "failed"],
  [/connected/i, "connected"],
];

/** What `claude mcp list` printed. Lines of another shape are left out. */
export function parseMcpList(output: string): McpServerEntry[] {
  return output.split("\n").flatMap((line) => {
    const [name, rest] = splitAt(line.trimEnd(), ": ");
    if (!/^\S/.test(name) || rest === undefined) return [];
    const mark = STATUS_MARK.exec(rest);
    if (!mark) return [];
    const target = rest.slice(0, mark.index).trim();
    const kind = / \((HTTP|SSE)\)$/.exec(target)?.[1];
    return [
      {
        name,
        type: (kind?.toLowerCase() ?? "stdio") as McpServerEntry["type"],
        target: kind === undefined ? target : target.slice(0, -` (${kind})`.length).trim(),
        ...statusOf(rest.slice(mark.index + mark[0].length)),
      },
    ];
  });
}

function splitAt(text: string, mark: string): [before: string, after: string | undefined] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
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
