import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import * as sdk from "../../../src/index.js";
import {
  ClaudeCodeOptions,
  hookEvents,
  InMemorySessionStore,
  type QueryOptions,
  query,
  VERSION,
} from "../../../src/index.js";
import { parseMessage } from "../../../src/messages/parse-message.js";
import { initMessage, resultMessage } from "../../../src/testing/index.js";
import { fakeClaude, readAll } from "../fake-claude.js";
import { officialNames } from "./official-names.js";

const root = resolve(import.meta.dirname, "../../..");
const manifest = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));

const store = new InMemorySessionStore();

/** What the Python SDKs take, and what it becomes. */
const pythonOptions: readonly (readonly [QueryOptions, object])[] = [
  [{ add_dirs: ["/a"] }, { additionalDirectories: ["/a"] }],
  [{ working_directories: ["/a"] }, { additionalDirectories: ["/a"] }],
  [{ allowed_tools: ["Read"] }, { allowedTools: ["Read"] }],
  [{ disallowed_tools: ["Read"] }, { disallowedTools: ["Read"] }],
  [{ system_prompt: "a" }, { systemPrompt: "a" }],
  [{ append_system_prompt: "a" }, { appendSystemPrompt: "a" }],
  [{ continue_conversation: true }, { continue: true }],
  [{ resume: "a" }, { resume: "a" }],
  [{ resume_session_id: "a" }, { resume: "a" }],
  [{ fork_session: true }, { forkSession: true }],
  [{ dangerously_skip_permissions: true }, { dangerouslySkipPermissions: true }],
  [{ permission_mode: "plan" }, { permissionMode: "plan" }],
  [{ permission_prompt_tool_name: "mcp__a__b" }, { permissionPromptToolName: "mcp__a__b" }],
  [{ environment_variables: { A: "1" } }, { env: { A: "1" } }],
  [{ env: { A: "1" } }, { env: { A: "1" } }],
  [{ extra_args: { brief: null } }, { extraArgs: { brief: null } }],
  [{ include_partial_messages: false }, { includePartialMessages: false }],
  [{ input_format: "text" }, { inputFormat: "text" }],
  [{ output_format: "json" }, { outputFormat: "json" }],
  [{ max_turns: 3 }, { maxTurns: 3 }],
  [{ max_budget_usd: 1 }, { maxBudgetUsd: 1 }],
  [{ mcp_servers: {} }, { mcpServers: {} }],
  [{ max_buffer_size: 9 }, { maxBufferSize: 9 }],
  [{ debug_stderr: process.stderr }, { debugStderr: process.stderr }],
  [{ user: "nobody" }, { user: "nobody" }],
  [{ session_store: store }, { sessionStore: store }],
  [{ session_store_flush: "eager" }, { sessionStoreFlush: "eager" }],
  [{ load_timeout_ms: 9 }, { loadTimeoutMs: 9 }],
  [{ model: "opus" }, { model: "opus" }],
  [{ setting_sources: ["user"] }, { settingSources: ["user"] }],
  [{ settings: "/a.json" }, { settings: "/a.json" }],
  [{ cwd: "/a" }, { cwd: "/a" }],
  [{ timeout: 2 }, { timeoutMs: 2_000 }],
  [{ verbose: true }, { verbose: true }],
  [{ agents: {} }, { agents: {} }],
  [{ betas: ["a"] }, { betas: ["a"] }],
  [{ cli_path: "/a" }, { pathToClaudeCodeExecutable: "/a" }],
  [{ effort: "low" }, { effort: "low" }],
  [{ enable_file_checkpointing: true }, { enableFileCheckpointing: true }],
  [{ fallback_model: "haiku" }, { fallbackModel: "haiku" }],
  [{ include_hook_events: true }, { includeHookEvents: true }],
  [{ max_thinking_tokens: 9 }, { maxThinkingTokens: 9 }],
  [{ plugins: [] }, { plugins: [] }],
  [{ sandbox: {} }, { sandbox: {} }],
  [
    { session_id: "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11" },
    { sessionId: "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11" },
  ],
  [{ skills: ["a"] }, { skills: ["a"] }],
  [{ strict_mcp_config: true }, { strictMcpConfig: true }],
  [{ task_budget: { total: 9 } }, { taskBudget: { total: 9 } }],
  [{ thinking: { type: "disabled" } }, { thinking: { type: "disabled" } }],
  [{ tools: [] }, { tools: [] }],
];

test.each(pythonOptions)("the factory takes %j for %j", (given, own) => {
  expect(ClaudeCodeOptions(given)).toEqual(own);
});

test("callbacks are taken by the Python names too", () => {
  const can_use_tool = async () => ({ behavior: "allow" as const });
  expect(ClaudeCodeOptions({ can_use_tool })).toEqual({ canUseTool: can_use_tool });
  expect(ClaudeCodeOptions({ hooks: {} })).toEqual({ hooks: {} });
  const stderr = (): void => {};
  expect(ClaudeCodeOptions({ stderr })).toEqual({ stderr });
});

test("the factory refuses what query() refuses", () => {
  expect(() => ClaudeCodeOptions({ max_trns: 3 } as never)).toThrow(/Did you mean `maxTurns`/);
});

test("VERSION is the package's", () => {
  expect(VERSION).toBe(manifest.version);
  expect(Object.keys(manifest.bin)).toEqual(["claude-notebook", "claude-auth"]);
});

test.each(officialNames.messageKinds)("a message of kind %s arrives as it came", (kind) => {
  const [type = "", subtype] = kind.split("/");
  const bodies: Readonly<Record<string, object>> = {
    assistant: { message: { content: [] } },
    user: { message: { content: "hi" } },
    result: { subtype: "success", is_error: false },
    stream_event: { event: { type: "message_stop" } },
  };
  const raw = { type, ...(subtype && { subtype }), ...bodies[type], anything: { new: 1 } };
  expect(parseMessage(raw)).toMatchObject(raw);
});

test("every hook event of the official SDK can be hooked", () => {
  expect([...hookEvents].sort()).toEqual(officialNames.hookEvents);
});

test("executableArgs come before a CLI that is a script", async () => {
  const options = fakeClaude(
    [
      ["say", initMessage()],
      ["say", resultMessage()],
    ],
    {
      executableArgs: ["--no-warnings"],
    },
  );
  expect((await readAll(query("hi", options))).error).toBeUndefined();
});

test("every name that index.ts exports is defined", () => {
  for (const [name, value] of Object.entries(sdk)) expect(value, name).toBeDefined();
});
