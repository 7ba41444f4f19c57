import { describe, expect, test } from "vitest";
import { z } from "zod";
import { InvalidOptionsError, type QueryOptions } from "../../../src/index.js";
import { normaliseOptions } from "../../../src/options/normalise-options.js";
import { optionSynonyms } from "../../../src/options/option-synonyms.js";

function refusal(options: unknown): InvalidOptionsError {
  try {
    normaliseOptions(options as QueryOptions);
  } catch (error) {
    if (InvalidOptionsError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("the options were accepted");
}

/** A value that each option with a second name accepts. */
const samples: Record<string, unknown> = {
  fallbackModel: "sonnet",
  systemPrompt: "s",
  appendSystemPrompt: "s",
  maxTurns: 3,
  allowedTools: ["Bash"],
  disallowedTools: ["Bash"],
  permissionMode: "plan",
  resume: "id",
  continue: true,
  forkSession: true,
  sessionId: "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11",
  cwd: "/tmp",
  additionalDirectories: ["/tmp"],
  env: { A: "1" },
  timeoutMs: 5,
  maxBudgetUsd: 1.5,
  settingSources: ["user"],
  mcpServers: { db: { command: "db" } },
  strictMcpConfig: true,
  includePartialMessages: false,
  dangerouslySkipPermissions: true,
  pathToClaudeCodeExecutable: "/bin/claude",
  extraArgs: { debug: null },
  abortSignal: new AbortController().signal,
  canUseTool: () => ({ behavior: "allow" }),
  permissionPromptToolName: "mcp__ask__user",
  allowDangerouslySkipPermissions: true,
  onElicitation: () => ({ action: "decline" }),
  onUserDialog: () => ({ behavior: "cancelled" }),
  supportedDialogKinds: ["refusal"],
  outputSchema: z.object({ a: z.number() }),
  outputFormat: "json",
  inputFormat: "stream-json",
  debugFile: "/tmp/debug.log",
  maxThinkingTokens: 1024,
  taskBudget: { total: 10_000 },
  enableFileCheckpointing: true,
  includeHookEvents: true,
  forwardSubagentText: true,
  promptSuggestions: true,
  agentProgressSummaries: true,
  planModeInstructions: "Plan.",
  toolAliases: { Shell: "Bash" },
  toolConfig: { askUserQuestion: { previewFormat: "html" } },
  persistSession: false,
  resumeSessionAt: "3f2f1c1e-5a3c-4a54-9a39-5c8d7c3e6b11",
  recordingsDir: "/tmp",
};

describe("names", () => {
  test.each(Object.entries(optionSynonyms))("%s means %s", (synonym, name) => {
    expect(normaliseOptions({ [synonym]: samples[name] })).toEqual({ [name]: samples[name] });
  });

  test("timeout is in seconds", () => {
    expect(normaliseOptions({ timeout: 1.5 })).toEqual({ timeoutMs: 1500 });
  });

  test("an abortController gives its signal", () => {
    const abortController = new AbortController();
    expect(normaliseOptions({ abortController })).toEqual({ abortSignal: abortController.signal });
  });

  test("ask means the permission mode default", () => {
    expect(normaliseOptions({ permission_mode: "ask" })).toEqual({ permissionMode: "default" });
  });

  test("what is undefined is as if it were not there", () => {
    expect(normaliseOptions({ model: undefined, max_turns: undefined, maxTurns: 2 })).toEqual({
      maxTurns: 2,
    });
  });
});

describe("refusals", () => {
  test.each([
    ["allowedTool", "allowedTools"],
    ["alowed_tools", "allowedTools"],
    ["sytem_prompt", "systemPrompt"],
    ["modle", "model"],
    ["timeoutMS", "timeoutMs"],
  ])("an unknown option names the nearest: %s", (name, nearest) => {
    const { option, message } = refusal({ [name]: 1 });
    expect(option).toBe(name);
    expect(message.replaceAll("_", "").toLowerCase()).toContain(`did you mean \`${nearest.toLowerCase()}`);
  });

  test("an unknown option that is like none names none", () => {
    expect(refusal({ xyzzyPlugh: 1 }).message).toBe("There is no option `xyzzyPlugh`.");
  });

  test("names of Object.prototype are unknown options", () => {
    expect(refusal({ constructor: 1 }).message).toContain("There is no option `constructor`");
    expect(refusal(JSON.parse('{"__proto__": 1}')).message).toContain("There is no option `__proto__`");
  });

  test("two names of one option are refused together", () => {
    expect(refusal({ maxTurns: 1, max_turns: 2 }).message).toBe(
      "The option `maxTurns` is given twice, as `maxTurns` and as `max_turns`.",
    );
  });

  test.each<[string, unknown]>([
    ["maxTurns", "five"],
    ["maxTurns", 0],
    ["maxTurns", 1.5],
    ["max_turns", Number.NaN],
    ["allowedTools", "Bash"],
    ["allowedTools", [""]],
    ["permissionMode", "yolo"],
    ["sessionId", "not-a-uuid"],
    ["cwd", 7],
    ["env", { A: 1 }],
    ["timeoutMs", 0],
    ["timeoutMs", 2 ** 31],
    ["timeout", "soon"],
    ["mcpServers", { db: {} }],
    ["agents", { a: { prompt: "p" } }],
    ["model", ""],
    ["abortSignal", {}],
    ["mode", "live!"],
    ["canUseTool", {}],
    ["hooks", { PreToolUs: [] }],
    ["hooks", { PreToolUse: [{ matcher: "Bash", hooks: [] }] }],
    ["hooks", { PreToolUse: [{ hooks: ["echo"] }] }],
    ["outputSchema", { type: "object" }],
    ["outputFormat", "xml"],
    ["thinking", { type: "enabled", budgetTokens: -1 }],
    ["mcpServers", { db: { type: "sdk", name: "db" } }],
    ["extraArgs", { "--print": null }],
    ["extraArgs", { "output-format": "text" }],
  ])("%s: %j is refused with the name that was used and the value", (name, value) => {
    const error = refusal({ [name]: value });
    expect(error).toMatchObject({ code: "invalid_options", option: name, value });
    expect(error.message).toContain(`\`${name}\``);
  });

  test("the value in the message is cut, and shows no credential", () => {
    const { message } = refusal({
      env: { A: 1, TOKEN: "sk-ant-api03-abcdefghijkl", LONG: "x".repeat(1_000) },
    });
    expect(message).not.toContain("sk-ant");
    expect(message.length).toBeLessThan(300);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ permissionMode: "acceptAll", canUseTool: () => ({ behavior: "allow" }) }, "leave out one of them"],
    [{ permissionMode: "acceptAll", permissionPromptToolName: "mcp__a__b" }, "leave out"],
    [
      { outputSchema: z.string(), outputFormat: { type: "json_schema", schema: {} } },
      "leave out one of them",
    ],
    [{ sandbox: {}, settings: "settings.json" }, "put it into the file"],
  ])("options that contradict each other are refused: %#", (options, advice) => {
    expect(refusal(options).message).toContain(advice);
  });

  test.each([["a string"], [[]], [null], [7]])("options that are %j are refused", (options) => {
    expect(refusal(options).message).toContain("must be an object");
  });
});
