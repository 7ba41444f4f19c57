/**
 * Every other name of an option → its own name. The names are those of the published Python SDKs.
 * (`timeout`, in seconds, is not here: it is not a second name of `timeoutMs` but another unit.)
 */
export const optionSynonyms = {
  fallback_model: "fallbackModel",
  system_prompt: "systemPrompt",
  custom_system_prompt: "systemPrompt",
  append_system_prompt: "appendSystemPrompt",
  max_turns: "maxTurns",
  allowed_tools: "allowedTools",
  disallowed_tools: "disallowedTools",
  permission_mode: "permissionMode",
  resume_session_id: "resume",
  continue_conversation: "continue",
  fork_session: "forkSession",
  session_id: "sessionId",
  working_directory: "cwd",
  working_directories: "additionalDirectories",
  additional_directories: "additionalDirectories",
  add_dirs: "additionalDirectories",
  environment_variables: "env",
  timeout_ms: "timeoutMs",
  max_budget_usd: "maxBudgetUsd",
  setting_sources: "settingSources",
  mcp_servers: "mcpServers",
  strict_mcp_config: "strictMcpConfig",
  include_partial_messages: "includePartialMessages",
  dangerously_skip_permissions: "dangerouslySkipPermissions",
  path_to_claude_code_executable: "pathToClaudeCodeExecutable",
  cli_path: "pathToClaudeCodeExecutable",
  extra_args: "extraArgs",
  abort_signal: "abortSignal",
  recordings_dir: "recordingsDir",
} as const;

export type SynonymTable = typeof optionSynonyms;
