import { expect, test } from "vitest";
import type { ClaudeOptions } from "../../../src/index.js";
import { cliArguments } from "../../../src/options/cli-arguments.js";

const base = ["--input-format", "stream-json", "--output-format", "stream-json", "--verbose"];

function own(options: ClaudeOptions): unknown[] {
  const args = cliArguments({ includePartialMessages: false, ...options });
  expect(args.slice(0, base.length)).toEqual(base);
  return args.slice(base.length);
}

test("partial messages are on unless they are turned off", () => {
  expect(cliArguments({})).toEqual([...base, "--include-partial-messages"]);
  expect(cliArguments({ includePartialMessages: false })).toEqual(base);
});

test.each<[string, ClaudeOptions, unknown[]]>([
  ["model", { model: "opus" }, ["--model=opus"]],
  ["a value with a dash in front", { fallbackModel: "-x" }, ["--fallback-model=-x"]],
  ["maxTurns", { maxTurns: 3 }, ["--max-turns=3"]],
  ["tools as rules", { allowedTools: ["Read", "Bash(git *)"] }, ["--allowedTools", "Read,Bash(git *)"]],
  ["no rules", { allowedTools: [], disallowedTools: [] }, []],
  ["no tools at all", { tools: [] }, ["--tools", ""]],
  ["the default tools", { tools: "default" }, ["--tools", "default"]],
  [
    "a session that goes on as a copy",
    { resume: "id", forkSession: true },
    ["--resume=id", "--fork-session"],
  ],
  ["the last session", { continue: true }, ["--continue"]],
  [
    "what is switched off",
    { continue: false, strictMcpConfig: false, dangerouslySkipPermissions: false },
    [],
  ],
  ["folders", { additionalDirectories: ["/a", "/b c"] }, ["--add-dir=/a", "--add-dir=/b c"]],
  ["no settings files", { settingSources: [] }, ["--setting-sources="]],
  ["settings by path", { settings: "/s.json" }, ["--settings", "/s.json"]],
  [
    "settings as JSON",
    { settings: '{"env":{}}' },
    ["--settings", { name: "settings.json", text: '{"env":{}}' }],
  ],
  [
    "MCP servers as JSON",
    { mcpServers: '{"mcpServers":{}}' },
    ["--mcp-config", { name: "mcp.json", text: '{"mcpServers":{}}' }],
  ],
  ["settings", { settings: { a: 1 } }, ["--settings", { name: "settings.json", text: '{"a":1}' }]],
  [
    "servers",
    { mcpServers: { db: { command: "db" } } },
    ["--mcp-config", { name: "mcp.json", text: '{"mcpServers":{"db":{"command":"db"}}}' }],
  ],
  [
    "a system prompt",
    { systemPrompt: "- s" },
    ["--system-prompt-file", { name: "system-prompt.md", text: "- s" }],
  ],
  [
    "further flags",
    { extraArgs: { "--bare": null, brief: true, chrome: false, name: "-n" } },
    ["--bare", "--brief", "--name=-n"],
  ],
  ["what only the SDK uses", { cwd: "/", env: {}, timeoutMs: 1, mode: "live", recordingsDir: "/r" }, []],
])("%s", (_, options, expected) => {
  expect(own(options)).toEqual(expected);
});
