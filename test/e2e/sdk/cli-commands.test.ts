import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { authStatus, config, doctor, logout, mcp, resolveSettings, version } from "../../../src/index.js";
import { runCommand } from "../../kernel/cli/command-line.js";
import { CLAUDE_VERSION } from "../../support/claude-binary.js";
import { strangerEnv } from "../../support/run-cli.js";
import { aroundClaude } from "./around-claude.js";

test("tells the version and the path", async () => {
  const { options } = await aroundClaude();
  expect(await version(options)).toEqual({ version: CLAUDE_VERSION, path: options.cliPath });
});

test("sets MCP servers up, lists them, tells one, and removes it", async () => {
  const { options, cwd } = await aroundClaude();
  expect(await mcp.list(options)).toEqual([]);
  await mcp.add(
    "a",
    { command: "node", args: ["my server.js", "--flag", '"q"'], env: { KEY: "v=1" } },
    options,
  );
  await mcp.add("b", { type: "http", url: "http://127.0.0.1:9/mcp" }, { ...options, scope: "project" });
  expect(JSON.parse(readFileSync(join(cwd, ".mcp.json"), "utf8")).mcpServers.b).toMatchObject({
    type: "http",
  });
  const listed = await mcp(["list"], options);
  expect(listed.sort((x, y) => (x.name < y.name ? -1 : 1))).toMatchObject([
    { name: "a", type: "stdio", target: 'node my server.js --flag "q"', status: "failed" },
    { name: "b", type: "http", target: "http://127.0.0.1:9/mcp", status: "pending" },
  ]);
  expect(await mcp(["get", "a"], options)).toMatchObject({
    name: "a",
    scope: "local",
    type: "stdio",
    command: "node",
    env: { KEY: "v=1" },
  });
  await mcp.remove("a", options);
  await mcp(["remove", "b", "--scope", "project"], options);
  expect(await mcp.list(options)).toEqual([]);
});

test("a server that is there already, or is not there, is a CommandError in the CLI's words", async () => {
  const { options } = await aroundClaude();
  await mcp.add("a", { command: "true" }, options);
  await expect(mcp.add("a", { command: "true" }, options)).rejects.toMatchObject({
    name: "CommandError",
    exitCode: 1,
    message: expect.stringContaining("already exists"),
  });
  for (const call of [() => mcp.get("none", options), () => mcp.remove("none", options)])
    await expect(call()).rejects.toThrow(/No MCP server named/i);
});

test("the settings that config writes are those that the CLI reads", async () => {
  const { options, configDir } = await aroundClaude();
  await config.set("env", { ANTHROPIC_API_KEY: "sk-from-settings" }, { configDir });
  expect(await config(["get", "env.ANTHROPIC_API_KEY"], { configDir })).toBe("sk-from-settings");
  expect(await authStatus(options)).toMatchObject({ loggedIn: true, authMethod: "api_key" });
});

test.each([
  [{}, { loggedIn: false, authMethod: "none", apiProvider: "firstParty" }],
  [
    { ANTHROPIC_API_KEY: "sk-x" },
    { loggedIn: true, authMethod: "api_key", apiKeySource: "ANTHROPIC_API_KEY" },
  ],
  [{ CLAUDE_CODE_OAUTH_TOKEN: "tok" }, { loggedIn: true, authMethod: "oauth_token" }],
  [{ CLAUDE_CODE_USE_BEDROCK: "1" }, { loggedIn: true, apiProvider: "bedrock" }],
])("auth status with %j", async (env, expected) => {
  const { options } = await aroundClaude(env as Record<string, string>);
  expect(await authStatus(options)).toMatchObject(expected);
});

test("logging out when nobody is logged in is no error", async () => {
  const { options } = await aroundClaude();
  await expect(logout(options)).resolves.toBeUndefined();
});

test("doctor says what is well and what is not, and ends without a terminal", async () => {
  const { options, configDir } = await aroundClaude();
  mkdirSync(configDir, { recursive: true });
  writeFileSync(join(configDir, "settings.json"), "{ not json");
  const { ok, checks } = await doctor(options);
  expect(ok).toBe(false);
  expect(checks.map((check) => [check.name, check.ok])).toEqual([
    ["version", true],
    ["login", false],
    ["settings", false],
    ["mcp servers", true],
  ]);
  expect(checks[2]!.detail).toContain("is not JSON");
});

test("a folder without claude: each command says where it looked", async () => {
  const missing = { cliPath: "/no/such/claude" };
  for (const call of [() => version(missing), () => mcp.list(missing), () => authStatus(missing)])
    await expect(call()).rejects.toMatchObject({ name: "CLINotFoundError", triedPaths: ["/no/such/claude"] });
  expect((await doctor(missing)).checks).toMatchObject([{ name: "version", ok: false }]);
});

test("on the command line: version, config, mcp and auth status", async () => {
  const { home, cwd, options } = await aroundClaude();
  const env = strangerEnv(home, { CLAUDE_NOTEBOOK_CLAUDE: options.cliPath, DISABLE_AUTOUPDATER: "1" });
  const run = (...args: string[]) => runCommand(args, { cwd, env: { ...env, ANTHROPIC_API_KEY: "" } });
  expect((await run("claude", "version")).stdout).toBe(`${CLAUDE_VERSION} (${options.cliPath})\n`);
  expect(await run("claude", "config", "set", "model", "opus")).toMatchObject({ exitCode: 0, stdout: "" });
  expect((await run("claude", "config", "get", "model")).stdout).toBe("opus\n");
  expect((await run("claude", "mcp", "add", "x", "-e", "A=1", "--", "node", "--flag")).exitCode).toBe(0);
  expect((await run("claude", "mcp", "get", "x")).stdout).toContain("Args: --flag");
  const status = await run("auth", "status", "--json");
  expect([status.exitCode, JSON.parse(status.stdout)]).toMatchObject([1, { loggedIn: false }]);
  expect((await run("auth", "status")).stdout).toMatch(/^Not logged in/);
  expect(existsSync(join(home, ".claude", "settings.json"))).toBe(true);
});

test("resolves the settings of a project as the CLI itself does, and tells whose each is", async () => {
  const { options, cwd, configDir } = await aroundClaude();
  const asked = { cwd, env: options.env, pathToClaudeCodeExecutable: options.cliPath };
  await config.set("model", "haiku", { configDir });
  await config.set("cleanupPeriodDays", 9, { configDir });
  await config.set("model", "opus", { cwd, scope: "project" });
  const whole = await resolveSettings({ ...asked, settings: { outputStyle: "Explanatory" } });
  expect(whole.effective).toMatchObject({
    model: "opus",
    cleanupPeriodDays: 9,
    outputStyle: "Explanatory",
  });
  expect(whole.provenance).toEqual({
    model: "projectSettings",
    cleanupPeriodDays: "userSettings",
    outputStyle: "flagSettings",
  });
  expect((await resolveSettings({ ...asked, settingSources: ["user"] })).effective.model).toBe("haiku");
});
