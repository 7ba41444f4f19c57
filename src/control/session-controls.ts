import { normalisePermissionMode } from "../options/normalise-options.js";
import { describeServers } from "../options/option-table.js";
import type { McpServerConfig, PermissionMode } from "../options/types.js";
import type { Fields } from "./control-channel.js";
import type { LiveSession } from "./live-session.js";
import { inProcessServers, replaceServers } from "./replace-servers.js";
import { createSessionChanges, type SessionChanges } from "./session-changes.js";
import type {
  AccountInfo,
  AgentInfo,
  ContextUsage,
  McpServerStatus,
  McpSetServersResult,
  ModelInfo,
  RewindFilesResult,
  SlashCommand,
} from "./session-info.js";

/**
 * What can be asked of, and changed in, a session that runs. Each method starts the CLI if it has not started yet, and
 * throws a ControlRequestError when the CLI refuses, has ended, or does not exist because the turn is replayed.
 */
export class SessionControls {
  readonly #reach: (request: string) => Promise<LiveSession>;
  readonly #changes: Pick<SessionChanges, "note">;

  /**
   * @param reach the session for a request of this kind.
   * @param changes remembers what is changed.
   */
  constructor(
    reach: (request: string) => Promise<LiveSession>,
    changes: Pick<SessionChanges, "note"> = createSessionChanges(),
  ) {
    this.#reach = reach;
    this.#changes = changes;
  }

  /** Sends any request of the control protocol, also one that this version does not know. */
  async request(subtype: string, fields?: Fields): Promise<Fields> {
    const session = await this.#reach(subtype);
    const answer = await session.request(subtype, fields);
    this.#changes.note(subtype, fields);
    return answer;
  }

  /** Stops the turn: what was said so far comes as a message, then an error result. The session can go on. */
  async interrupt(): Promise<void> {
    await this.request("interrupt");
  }

  async setPermissionMode(mode: PermissionMode): Promise<void> {
    await this.request("set_permission_mode", { mode: normalisePermissionMode(mode) });
  }

  /** @param model alias or full name; the default without it. */
  async setModel(model?: string): Promise<void> {
    await this.request("set_model", { model: model ?? "default" });
  }

  /** @param tokens null for the model's own limit. */
  async setMaxThinkingTokens(tokens: number | null): Promise<void> {
    await this.request("set_max_thinking_tokens", { max_thinking_tokens: tokens });
  }

  /** Changes settings for this session. */
  async applyFlagSettings(settings: Fields): Promise<void> {
    await this.request("apply_flag_settings", { settings });
  }

  /**
   * Writes settings into the user's or the folder's settings file by the CLI's own writer, which takes only some of them.
   * CLIs up to 2.1.197 refuse it; see `config` for any setting, with every CLI.
   */
  async updateSettings(source: "localSettings" | "userSettings", settings: Fields): Promise<void> {
    await this.request("update_settings", { source, settings });
  }

  /** All that the CLI said of itself when it started. */
  async initializationResult(): Promise<Fields> {
    return (await this.#reach("initialize")).initialized;
  }

  /**
   * Asks the CLI anew what it says of itself. What it still waits for (permissions, dialogues) it then tells again, and
   * what is not being answered already is answered: for a connection that has lost lines.
   */
  async reinitialize(): Promise<Fields> {
    return (await this.#reach("initialize")).initializeAgain();
  }

  async supportedCommands(): Promise<readonly SlashCommand[]> {
    return (await this.#initial("commands")) as readonly SlashCommand[];
  }

  async supportedModels(): Promise<readonly ModelInfo[]> {
    return (await this.#initial("models")) as readonly ModelInfo[];
  }

  async supportedAgents(): Promise<readonly AgentInfo[]> {
    return (await this.#initial("agents")) as readonly AgentInfo[];
  }

  async accountInfo(): Promise<AccountInfo> {
    return ((await this.initializationResult()).account ?? {}) as AccountInfo;
  }

  async mcpServerStatus(): Promise<readonly McpServerStatus[]> {
    return ((await this.request("mcp_status")).mcpServers ?? []) as readonly McpServerStatus[];
  }

  /** What fills the context window. */
  async getContextUsage(): Promise<ContextUsage> {
    return (await this.request("get_context_usage")) as unknown as ContextUsage;
  }

  /** The settings in force, and where each comes from. */
  async getSettings(): Promise<Fields> {
    return this.request("get_settings");
  }

  /** Cost, time and tokens of the session so far, and the account's limits. */
  async getUsage(): Promise<Fields> {
    return this.request("get_usage");
  }

  /** The session's cost so far, as text for people. */
  async getSessionCost(): Promise<string> {
    return String((await this.request("get_session_cost")).text ?? "");
  }

  /** The version of the CLI that runs. */
  async getVersion(): Promise<string> {
    return String((await this.request("get_binary_version")).version ?? "");
  }

  /**
   * Puts files back to what they were before a prompt; needs `enableFileCheckpointing`.
   *
   * @param userMessageId the `uuid` of the prompt.
   */
  async rewindFiles(userMessageId: string, { dryRun = false } = {}): Promise<RewindFilesResult> {
    const fields = { user_message_id: userMessageId, ...(dryRun && { dry_run: true }) };
    return (await this.request("rewind_files", fields)) as unknown as RewindFilesResult;
  }

  /** Reads a file as Claude may. */
  async readFile(path: string): Promise<Fields> {
    return this.request("read_file", { path });
  }

  /** Tells Claude's Edit tool that a file has been read. @param mtime milliseconds since 1970. */
  async seedReadState(path: string, mtime: number): Promise<void> {
    await this.request("seed_read_state", { path, mtime });
  }

  /** Paths that a text may mean. */
  async fileSuggestions(query: string): Promise<Fields> {
    return this.request("file_suggestions", { query });
  }

  async reloadPlugins(): Promise<Fields> {
    return this.request("reload_plugins");
  }

  async reloadSkills(): Promise<Fields> {
    return this.request("reload_skills");
  }

  /** Reads the folders of output styles again. CLIs up to 2.1.197 refuse it. */
  async reloadOutputStyles(): Promise<Fields> {
    return this.request("reload_output_styles");
  }

  /** Reads a `ui://` resource of an MCP server that is connected; what it holds is untrusted. CLIs up to 2.1.197 refuse it. */
  async readMcpResource(serverName: string, uri: string): Promise<Fields> {
    return this.request("mcp_read_resource", { serverName, uri });
  }

  async renameSession(title: string): Promise<void> {
    await this.request("rename_session", { title });
  }

  async reconnectMcpServer(serverName: string): Promise<void> {
    await this.request("mcp_reconnect", { serverName });
  }

  async toggleMcpServer(serverName: string, enabled: boolean): Promise<void> {
    await this.request("mcp_toggle", { serverName, enabled });
  }

  /** Makes one server's tools ask more strictly than the session's mode; null takes that back. */
  async setMcpPermissionModeOverride(serverName: string, mode: "default" | "auto" | null): Promise<Fields> {
    return this.request("set_mcp_permission_mode_override", { serverName, mode });
  }

  /** Replaces the servers that were added by this method before; servers of this process are welcome. */
  async setMcpServers(servers: Readonly<Record<string, McpServerConfig>>): Promise<McpSetServersResult> {
    const session = await this.#reach("mcp_set_servers");
    const own = inProcessServers(servers);
    const fields = { servers: describeServers(servers) };
    const result = await replaceServers(session, fields.servers as Fields, own);
    this.#changes.note("mcp_set_servers", fields, own);
    return result;
  }

  /** Ends a background task; its `task_id` is in the `task_started` message. */
  async stopTask(taskId: string): Promise<void> {
    await this.request("stop_task", { task_id: taskId });
  }

  /** Sends the tool that runs now to the background. @param toolUseId this call only; all without it. */
  async backgroundTasks(toolUseId?: string): Promise<void> {
    await this.request("background_tasks", toolUseId === undefined ? {} : { tool_use_id: toolUseId });
  }

  /** Withdraws a prompt that waits; false when it is at work already. @param uuid the prompt's. */
  async cancelPrompt(uuid: string): Promise<boolean> {
    return (await this.request("cancel_async_message", { message_uuid: uuid })).cancelled === true;
  }

  async #initial(name: string): Promise<unknown> {
    return (await this.initializationResult())[name] ?? [];
  }
}
