import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import {
  collectResult,
  createSdkMcpServer,
  isSystemMessage,
  type QueryOptions,
  query,
  tool,
} from "../../../src/index.js";
import { text, toolUse } from "../../../src/testing/index.js";
import { readAll } from "../../src/fake-claude.js";
import { type RealClaude, realClaude } from "./real-claude.js";

const SESSION = "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11";

interface Seen {
  readonly real: RealClaude;
  /** The last request to the model, as JSON. */
  readonly request: string;
  readonly headers: string;
  /** The message that opened the turn. */
  readonly init: Readonly<Record<string, unknown>>;
  readonly types: readonly string[];
}

async function run(options: (cwd: string) => QueryOptions, replies = [text("ok")]): Promise<Seen> {
  const real = await realClaude([{ when: "hi", replies }]);
  const { messages, error } = await readAll(query("hi", { ...real.options, ...options(real.cwd) }));
  expect(error).toBeUndefined();
  expect(messages.at(-1)).toMatchObject({ type: "result", is_error: false });
  const asked = real.api.requests.filter(({ body }) => body?.stream);
  return {
    real,
    request: JSON.stringify(asked.at(-1)?.body),
    headers: JSON.stringify(asked.at(-1)?.headers),
    init: messages.filter(isSystemMessage).find(({ subtype }) => subtype === "init") ?? {},
    types: messages.map((message) => `${message.type}/${String((message as { subtype?: unknown }).subtype)}`),
  };
}

describe("options reach the CLI", () => {
  test.each<[string, QueryOptions, (seen: Seen) => void]>([
    ["model", { model: "haiku" }, ({ init }) => expect(init.model).toContain("haiku")],
    [
      "systemPrompt",
      { systemPrompt: "Be a pirate." },
      ({ request }) => expect(request).toContain("Be a pirate."),
    ],
    [
      "systemPrompt as a preset",
      {
        systemPrompt: {
          type: "preset",
          preset: "claude_code",
          append: "Be polite.",
          excludeDynamicSections: true,
        },
      },
      ({ request }) => expect(request).toMatch(/Claude Code[\s\S]*Be polite\./),
    ],
    [
      "appendSystemPrompt",
      { appendSystemPrompt: "Rhyme." },
      ({ request }) => expect(request).toContain("Rhyme."),
    ],
    ["tools", { tools: ["Read"] }, ({ init }) => expect(init.tools).toEqual(["Read"])],
    [
      "tools as a preset",
      { tools: { type: "preset", preset: "claude_code" } },
      ({ init }) => expect(init.tools).toContain("Bash"),
    ],
    [
      "disallowedTools",
      { disallowedTools: ["Bash"] },
      ({ init }) => expect(init.tools).not.toContain("Bash"),
    ],
    ["permissionMode", { permissionMode: "plan" }, ({ init }) => expect(init.permissionMode).toBe("plan")],
    [
      "permissionMode ask",
      { permissionMode: "ask" },
      ({ init }) => expect(init.permissionMode).toBe("default"),
    ],
    ["sessionId", { sessionId: SESSION }, ({ init }) => expect(init.session_id).toBe(SESSION)],
    ["effort", { effort: "low" }, ({ request }) => expect(request).toContain('"effort":"low"')],
    [
      "thinking disabled",
      { thinking: { type: "disabled" } },
      ({ request }) => expect(request).not.toMatch(/"thinking":\{"type":"(enabled|adaptive)/),
    ],
    [
      "thinking with a budget",
      { model: "claude-sonnet-4-5", thinking: { type: "enabled", budgetTokens: 2_048 } },
      ({ request }) => expect(request).toContain('"budget_tokens":2048'),
    ],
    [
      "maxThinkingTokens",
      { model: "claude-sonnet-4-5", maxThinkingTokens: 3_000 },
      ({ request }) => expect(request).toContain('"budget_tokens":3000'),
    ],
    [
      "betas",
      { betas: ["context-1m-2025-08-07"] },
      ({ headers }) => expect(headers).toContain("context-1m-2025-08-07"),
    ],
    [
      "agents and agent",
      { agents: { poet: { description: "rhymes", prompt: "You are a poet." } }, agent: "poet" },
      ({ request, init }) => {
        expect(init.agents).toContain("poet");
        expect(request).toContain("You are a poet.");
      },
    ],
    [
      "includePartialMessages",
      { includePartialMessages: true },
      ({ types }) => expect(types).toContain("stream_event/undefined"),
    ],
    [
      "stream: false",
      { stream: false },
      ({ types }) => expect(types).not.toContain("stream_event/undefined"),
    ],
    [
      "includeHookEvents",
      {
        includeHookEvents: true,
        settings: { hooks: { UserPromptSubmit: [{ hooks: [{ type: "command", command: "true" }] }] } },
      },
      ({ types }) => expect(types).toContain("system/hook_response"),
    ],
    [
      "persistSession: false",
      { persistSession: false },
      ({ real, init }) => {
        const projects = join(real.cwd, "../home/.claude/projects");
        const slug = realpathSync(real.cwd).replaceAll(/[^a-zA-Z0-9]/g, "-");
        expect(existsSync(join(projects, slug, `${String(init.session_id)}.jsonl`))).toBe(false);
      },
    ],
    [
      "settings and sandbox",
      { settings: { outputStyle: "Explanatory" }, sandbox: { enabled: false } },
      ({ init }) => expect(init.output_style).toBe("Explanatory"),
    ],
    ["skills", { skills: ["verify"] }, ({ request }) => expect(request).not.toContain("- update-config:")],
    [
      "those that change no answer of a script",
      {
        fallbackModel: "haiku",
        maxTurns: 3,
        allowedTools: ["Read", "Bash(git *)"],
        maxBudgetUsd: 1,
        settingSources: [],
        mcpServers: {},
        strictMcpConfig: true,
        verbose: true,
        allowDangerouslySkipPermissions: false,
        forwardSubagentText: true,
        promptSuggestions: false,
        agentProgressSummaries: true,
        planModeInstructions: "Plan briefly.",
        toolAliases: { Shell: "Bash" },
        title: "A title",
        taskBudget: { total: 50_000 },
        timeout: 60,
        extraArgs: { "disable-slash-commands": null },
      },
      ({ types }) => expect(types.at(-1)).toBe("result/success"),
    ],
    [
      "toolConfig",
      {
        tools: ["AskUserQuestion"],
        canUseTool: () => ({ behavior: "deny", message: "no" }),
        toolConfig: { askUserQuestion: { previewFormat: "html" } },
      },
      ({ request }) => expect(request).toMatch(/preview[^}]*HTML/i),
    ],
  ])("%s", async (_, options, check) => {
    check(await run(() => options));
  });

  test("plugins and debugFile, in folders with spaces and quotes", async () => {
    const odd = (cwd: string): string => join(cwd, 'it\'s a "folder"');
    const real = await realClaude([
      {
        when: /^write /,
        replies: [toolUse("Bash", { command: "true" }), text("ok")],
      },
    ]);
    const folder = odd(real.cwd);
    mkdirSync(join(folder, ".claude-plugin"), { recursive: true });
    writeFileSync(
      join(folder, ".claude-plugin/plugin.json"),
      JSON.stringify({ name: "odd", version: "1.0.0" }),
    );
    const { messages } = await readAll(
      query("write something", {
        ...real.options,
        plugins: [{ type: "local", path: folder }],
        debug: true,
        debugFile: join(folder, "debug.log"),
      }),
    );
    const init = messages.filter(isSystemMessage).find(({ subtype }) => subtype === "init");
    expect(JSON.stringify(init?.plugins)).toContain("odd");
    expect(readFileSync(join(folder, "debug.log"), "utf8").length).toBeGreaterThan(0);
  });

  test("additionalDirectories lets edits into further folders", async () => {
    const edit = async (adds: boolean): Promise<boolean> => {
      const outside = realpathSync(mkdtempSync(join(tmpdir(), "claude-notebook-outside ")));
      onTestFinished(() => rmSync(outside, { recursive: true }));
      const path = join(outside, "a.txt");
      const { options } = await realClaude([
        { when: "hi", replies: [toolUse("Write", { file_path: path, content: "x" }), text("ok")] },
      ]);
      const folders = adds ? [outside] : [];
      await collectResult(
        query("hi", { ...options, permissionMode: "acceptEdits", additionalDirectories: folders }),
      );
      return existsSync(path);
    };
    expect([await edit(true), await edit(false)]).toEqual([true, false]);
  });

  test("dangerouslySkipPermissions runs every tool, in a sandbox for root too", async () => {
    const real = await realClaude(
      [{ when: "hi", replies: [toolUse("Bash", { command: "touch made" }), text("ok")] }],
      { dangerouslySkipPermissions: true, env: { IS_SANDBOX: "1" } },
    );
    await collectResult(query("hi", real.options));
    expect(existsSync(join(real.cwd, "made"))).toBe(true);
  });

  test("continue goes on with the last session of the folder, resumeSessionAt with its beginning", async () => {
    const { options, api } = await realClaude([
      { when: "hi", replies: [text("one"), text("two"), text("three")] },
    ]);
    const { messages } = await readAll(query("hi", options));
    const first = await collectResult(query("xylophone", { ...options, continue: true }));
    expect(first.result).toBe("two");
    const answer = messages.find(({ type }) => type === "assistant") as unknown as { uuid: string };
    await collectResult(
      query("again", {
        ...options,
        resume: first.session_id,
        resumeSessionAt: answer.uuid,
        forkSession: true,
      }),
    );
    const sent = JSON.stringify(api.requests.at(-1)?.body?.messages);
    expect(sent).toContain("again");
    expect(sent).not.toContain("xylophone");
  });

  test("stderr gets what the CLI says there", async () => {
    const { options } = await realClaude([]);
    let said = "";
    await readAll(
      query("hi", {
        ...options,
        resume: SESSION,
        stderr: (text) => {
          said += text;
        },
      }),
    );
    expect(said).toContain("No conversation found");
  });

  test("permissionPromptToolName lets a tool of an MCP server decide", async () => {
    const { options, cwd } = await realClaude([
      { when: "hi", replies: [toolUse("Bash", { command: "touch made" }), text("ok")] },
    ]);
    const decide = tool("decide", "Decides", { tool_name: z.string(), input: z.unknown() }, () =>
      JSON.stringify({ behavior: "allow", updatedInput: { command: "touch other" } }),
    );
    const mcpServers = { guard: createSdkMcpServer({ name: "guard", tools: [decide] }) };
    await collectResult(
      query("hi", { ...options, mcpServers, permissionPromptToolName: "mcp__guard__decide" }),
    );
    expect([existsSync(join(cwd, "made")), existsSync(join(cwd, "other"))]).toEqual([false, true]);
  });
});
