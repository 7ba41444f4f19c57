import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import {
  BUILTIN_TOOL_NAMES,
  type CanUseTool,
  ClaudeSDKClient,
  ControlRequestError,
  EXIT_REASONS,
  HOOK_EVENTS,
  hookEvents,
  isSystemMessage,
  LEGACY_TOOL_NAME_ALIASES,
  ORG_POLICY_LIMIT_PREFIXES,
  query,
  resolveSettings,
  SYSTEM_PROMPT_DYNAMIC_BOUNDARY,
  USAGE_LIMIT_ERROR_PREFIXES,
  USAGE_TRANSITION_PREFIXES,
  USAGE_WARNING_PREFIXES,
} from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { readAll } from "../../src/fake-claude.js";
import { ensureClaudeBinary } from "../../support/claude-binary.js";
import { realClaude } from "./real-claude.js";

test("every tool of a session has a name of BUILTIN_TOOL_NAMES, and goes by its former one too", async () => {
  const { options } = await realClaude([{ when: "hi", replies: [text("ok")] }]);
  const toolsWithout = async (disallowedTools: string[]): Promise<readonly string[]> => {
    const { messages } = await readAll(query("hi", { ...options, disallowedTools }));
    const init = messages.filter(isSystemMessage).find(({ subtype }) => subtype === "init");
    return init?.tools as string[];
  };
  const tools = await toolsWithout([]);
  const oldNames = Object.keys(LEGACY_TOOL_NAME_ALIASES);
  const current = (name: string): string => LEGACY_TOOL_NAME_ALIASES[name] ?? name;
  expect(BUILTIN_TOOL_NAMES).toEqual(expect.arrayContaining(tools.map(current)));
  expect(oldNames).toContain("KillShell");
  expect(tools).toContain(current("KillShell"));
  expect(await toolsWithout(["KillShell"])).not.toContain(current("KillShell"));
});

test("a session that ends says why with one of EXIT_REASONS; HOOK_EVENTS are those that can be hooked", async () => {
  const { options, cwd } = await realClaude([{ when: "hi", replies: [text("ok")] }]);
  // A command: a callback could not be called any more.
  const SessionEnd = [{ hooks: [{ type: "command", command: "cat > ended.json" }] }];
  await readAll(query("hi", { ...options, settings: { hooks: { SessionEnd } } }));
  const { reason } = JSON.parse(readFileSync(join(cwd, "ended.json"), "utf8"));
  expect(EXIT_REASONS).toContain(reason);
  expect(HOOK_EVENTS).toBe(hookEvents);
});

test("a system prompt that is a list is cached up to its boundary, which the model does not see", async () => {
  const { options, api } = await realClaude([{ when: "hi", replies: [text("ok")] }]);
  const systemPrompt = ["You audit contracts.", SYSTEM_PROMPT_DYNAMIC_BOUNDARY, "Today is Sunday."];
  // The scripted API stands for Anthropic's: elsewhere this CLI does not cache across sessions.
  const env = { ...options.env, _CLAUDE_CODE_ASSUME_FIRST_PARTY_BASE_URL: "1" };
  const { error } = await readAll(query("hi", { ...options, env, systemPrompt }));
  expect(error).toBeUndefined();
  const system = api.requests.findLast(({ body }) => body?.stream)?.body?.system as readonly unknown[];
  expect(system.slice(-2)).toMatchObject([
    { text: "You audit contracts.", cache_control: { scope: "global" } },
    { text: "Today is Sunday." },
  ]);
  expect(JSON.stringify(system)).not.toContain(SYSTEM_PROMPT_DYNAMIC_BOUNDARY);
});

test("managedSettings count as an administrator's", async () => {
  const { options } = await realClaude([]);
  const managedSettings = { permissions: { deny: ["Bash"] } };
  const { sources } = await resolveSettings({ ...options, managedSettings });
  expect(sources).toContainEqual(
    expect.objectContaining({ source: "policySettings", settings: expect.objectContaining(managedSettings) }),
  );
});

test("permissionPrompts none denies what would be asked, tells Claude why and calls nobody", async () => {
  const { options, cwd, api } = await realClaude([
    { when: "go", replies: [toolUse("Bash", { command: "touch made" }), text("done")] },
  ]);
  let asked = 0;
  const canUseTool: CanUseTool = () => {
    asked++;
    return { behavior: "allow" };
  };
  await readAll(query("go", { ...options, canUseTool, permissionPrompts: "none" }));
  expect(asked).toBe(0);
  expect(existsSync(join(cwd, "made"))).toBe(false);
  expect(JSON.stringify(api.requests.at(-1)?.body)).toContain("nobody can be asked in this session");
  const allowedTools = ["Bash(touch *)"];
  await readAll(query("go", { ...options, allowedTools, permissionPrompts: "none" }));
  expect(existsSync(join(cwd, "made"))).toBe(true);
});

test("reinitialize() asks again, and what waits for an answer is not answered twice", async () => {
  const { options } = await realClaude([
    { when: "go", replies: [toolUse("Bash", { command: "touch made" }), text("done")] },
  ]);
  let asked = 0;
  let allow = (): void => {};
  let noteAsked = (): void => {};
  const isAsked = new Promise<void>((resolve) => {
    noteAsked = resolve;
  });
  const canUseTool: CanUseTool = async () => {
    asked++;
    noteAsked();
    await new Promise<void>((resolve) => {
      allow = resolve;
    });
    return { behavior: "allow" };
  };
  const turn = query("go", { ...options, canUseTool });
  onTestFinished(() => turn.close());
  const reading = readAll(turn);
  await isAsked;
  const first = await turn.initializationResult();
  expect(Object.keys(await turn.reinitialize())).toEqual(expect.arrayContaining(["commands", "models"]));
  expect(await turn.initializationResult()).toBe(first);
  allow();
  expect((await reading).messages.at(-1)).toMatchObject({ type: "result", result: "done" });
  expect(asked).toBe(1);
});

test("an MCP server's tool is called without Claude, and a folder below becomes one of the session's", async () => {
  const { options, cwd } = await realClaude([]);
  const script = join(import.meta.dirname, "../../src/fixtures/asking-server.mjs");
  const mcpServers = { asking: { command: process.execPath, args: [script] } };
  mkdirSync(join(cwd, "repo"));
  await ClaudeSDKClient.use({ ...options, mcpServers }, async (client) => {
    const status = async () => (await client.mcpServerStatus())[0]?.status;
    for (let waited = 0; waited < 10_000 && (await status()) !== "connected"; waited += 50) await sleep(50);
    const called = await client.request("mcp_call", { tool: "mcp__asking__ask", arguments: {} });
    expect(JSON.stringify(called)).toMatch(/decline|cancel/);
    await client.request("register_repo_root", { directory: join(cwd, "repo") });
    await expect(client.request("register_repo_root", { directory: "/" })).rejects.toThrow(
      ControlRequestError,
    );
  });
});

test("the CLI's program holds the texts about limits, but for one that is newer", async () => {
  const program = readFileSync(await ensureClaudeBinary());
  const texts = [
    ...USAGE_LIMIT_ERROR_PREFIXES,
    ...USAGE_WARNING_PREFIXES,
    ...USAGE_TRANSITION_PREFIXES,
    ...ORG_POLICY_LIMIT_PREFIXES,
  ];
  // Strings of a compiled program are written in Latin-1 or with escapes.
  const holds = (words: string): boolean => program.includes(words.replace("·", "\\xB7"));
  expect(texts.filter((words) => !holds(words))).toEqual(["Now using credits"]);
});

test("requests that only a newer CLI answers are sent, and this one refuses them in its words", async () => {
  const { options } = await realClaude([]);
  await ClaudeSDKClient.use(options, async (client) => {
    await expect(client.updateSettings("localSettings", { outputStyle: "default" })).rejects.toThrow(
      "Unsupported control request subtype: update_settings",
    );
    await expect(client.reloadOutputStyles()).rejects.toThrow(
      "Unsupported control request subtype: reload_output_styles",
    );
    await expect(client.readMcpResource("maps", "ui://map")).rejects.toThrow(
      "Unsupported control request subtype: mcp_read_resource",
    );
  });
});
