/** What the CLI tells of itself. Field names are its own; every object may carry more. */

export interface SlashCommand {
  readonly name: string;
  readonly description: string;
  readonly argumentHint: string;
}

/** A model that the session can change to. */
export interface ModelInfo {
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
  readonly [field: string]: unknown;
}

/** A subagent that the session can use. */
export interface AgentInfo {
  readonly name: string;
  readonly description: string;
  readonly model?: string | undefined;
}

/** Empty fields for an API key. */
export interface AccountInfo {
  readonly email?: string | undefined;
  readonly organization?: string | undefined;
  readonly subscriptionType?: string | undefined;
  readonly tokenSource?: string | undefined;
  readonly apiKeySource?: string | undefined;
  readonly apiProvider?: string | undefined;
}

/** How the session stands with an MCP server, and the tools it brings. */
export interface McpServerStatus {
  readonly name: string;
  readonly status: "connected" | "failed" | "needs-auth" | "pending" | "disabled";
  readonly serverInfo?: { readonly name: string; readonly version: string } | undefined;
  readonly error?: string | undefined;
  readonly tools?:
    | readonly { readonly name: string; readonly description?: string | undefined }[]
    | undefined;
}

/** What became of the MCP servers when they were set anew. */
export interface McpSetServersResult {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Server → what went wrong. */
  readonly errors: Readonly<Record<string, string>>;
}

/** How full the context is, in tokens, and of what. */
export interface ContextUsage {
  readonly categories: readonly { readonly name: string; readonly tokens: number }[];
  readonly totalTokens: number;
  readonly maxTokens: number;
  /** 0 to 100. */
  readonly percentage: number;
  readonly [field: string]: unknown;
}

/** Which files went back to a checkpoint, or why none did. */
export interface RewindFilesResult {
  readonly canRewind: boolean;
  readonly error?: string | undefined;
  readonly filesChanged?: readonly string[] | undefined;
  readonly insertions?: number | undefined;
  readonly deletions?: number | undefined;
}
