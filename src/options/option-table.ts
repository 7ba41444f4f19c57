import { z } from "zod";
import { providerNames } from "../auth/provider.js";
import { hookEvents } from "../control/hook-types.js";
import { describeHooks } from "../control/hooks.js";
import { type Logger, logLevels } from "../logging/logger.js";
import { isOutputSchema, outputJsonSchema } from "../output/output-schema.js";
import { recordingModes } from "../recording/recording-mode.js";
import { retrySchema } from "../retry/retry-options.js";
import { isSessionStore } from "../session-store/session-store.js";
import { isInProcess } from "../tools/mcp-bridge.js";
import type { ClaudeOptions, McpServerConfig } from "./types.js";

/** An argument of the CLI: text, or the path of a file that only this user can read and that lives as long as the turn. */
export type CliArgument = string | PrivateFile;

/** What must not stand in the list of processes, or is too long for an argument (128 KiB on Linux). */
export interface PrivateFile {
  readonly name: string;
  readonly text: string;
}

type Value<Name extends keyof ClaudeOptions> = NonNullable<ClaudeOptions[Name]>;

export interface OptionRow<Name extends keyof ClaudeOptions = keyof ClaudeOptions> {
  readonly schema: z.ZodType;
  /** The arguments that tell the CLI; left out for what only this SDK uses. */
  readonly args?: (value: Value<Name>) => readonly CliArgument[];
  /** Variables of the CLI's environment. */
  readonly env?: (value: Value<Name>) => Readonly<Record<string, string>>;
  /** Fields of the request that opens the control protocol. */
  readonly initialize?: (value: Value<Name>) => Readonly<Record<string, unknown>>;
  /**
   * What of the value decides Claude's answer, and so is part of a recording's name; left out for what does not
   * (places, credentials, limits of time), so that a recording is found on any machine.
   */
  readonly key?: (value: Value<Name>) => unknown;
}

const text = z.string().refine((value) => value.trim() !== "", "must not be empty");
const texts = z.array(text);
const flag = z.boolean();
const same = (value: unknown): unknown => value;
/** The order of tools means nothing. */
const sorted = (values: readonly string[] | string): unknown =>
  typeof values === "string" ? values : [...new Set(values)].sort();
const when = (name: string) => (on: boolean) => (on ? [name] : []);
/** With "=", so that a value that begins with a dash is not read as another flag. */
const withValue = (name: string) => (value: string | number) => [`${name}=${value}`];
/** Once for each value: among several after one flag, a value that begins with `-` would be a flag itself. */
const each = (name: string) => (values: readonly string[]) => values.map((value) => `${name}=${value}`);
const list = (name: string) => (values: readonly string[]) => (values.length ? [name, values.join(",")] : []);

/** setTimeout takes no more: 2^31 - 1 milliseconds, about 24 days. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

const reservedFlags = new Set([
  "print",
  "p",
  "output-format",
  "input-format",
  "permission-prompt-tool",
  "verbose",
  "include-partial-messages",
]);

const mcpServer = z.union([
  z.looseObject({
    type: z.literal("stdio").optional(),
    command: text,
    args: z.array(z.string()).optional(),
    env: z.record(z.string(), z.string()).optional(),
  }),
  z.looseObject({
    type: z.enum(["http", "sse"]),
    url: text,
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.custom(
    isInProcess,
    "must be an MCP server: { command }, { type, url } or what createSdkMcpServer returns",
  ),
]);

const callback = z.custom((value) => typeof value === "function", "must be a function");
const none = (): undefined => undefined;

const hooks = z.partialRecord(
  z.enum(hookEvents),
  z.array(
    z.strictObject({
      matcher: z.string().optional(),
      hooks: z.array(callback).nonempty("must name a callback"),
      timeout: z.number().positive().optional(),
    }),
  ),
);

const thinking = z.union([
  z.strictObject({ type: z.literal("disabled") }),
  z.strictObject({ type: z.literal("adaptive"), display: z.enum(["summarized", "omitted"]).optional() }),
  z.strictObject({
    type: z.literal("enabled"),
    budgetTokens: z.int().positive().optional(),
    display: z.enum(["summarized", "omitted"]).optional(),
  }),
]);

const jsonSchemaFormat = z.strictObject({
  type: z.literal("json_schema"),
  schema: z.record(z.string(), z.unknown()),
});

const preset = z.strictObject({
  type: z.literal("preset"),
  preset: z.literal("claude_code"),
  append: z.string().optional(),
  excludeDynamicSections: z.boolean().optional(),
});

/** How the CLI is told to ask over the control protocol. */
const ASK_HOST = ["--permission-prompt-tool", "stdio"] as const;

const logger = z.custom<Logger>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    logLevels.every((level) => typeof (value as Record<string, unknown>)[level] === "function"),
  "must have the methods debug, info, warn and error",
);

const agent = z.looseObject({
  description: text,
  prompt: text,
  tools: texts.optional(),
  model: text.optional(),
});

const writable = z.custom(
  (value) => typeof (value as { write?: unknown } | null)?.write === "function",
  "must have a method write",
);

/** One row for each option: what it may be, what it tells the CLI, and whether a recording depends on it. */
export const optionTable: { readonly [Name in keyof ClaudeOptions]-?: OptionRow<Name> } = {
  model: { schema: text, args: withValue("--model"), key: same },
  fallbackModel: { schema: text, args: withValue("--fallback-model"), key: same },
  systemPrompt: {
    schema: z.union([z.string(), z.array(z.string()), preset]),
    args: systemPromptArguments,
    initialize: (prompt): Record<string, unknown> => {
      if (typeof prompt === "string") return {};
      if (isList(prompt)) return { systemPrompt: prompt };
      const { excludeDynamicSections } = prompt;
      return excludeDynamicSections === undefined ? {} : { excludeDynamicSections };
    },
    key: same,
  },
  appendSystemPrompt: {
    schema: z.string(),
    args: (prompt) => ["--append-system-prompt-file", { name: "append-system-prompt.md", text: prompt }],
    key: same,
  },
  maxTurns: { schema: z.int().positive(), args: withValue("--max-turns"), key: same },
  allowedTools: { schema: texts, args: list("--allowedTools"), key: sorted },
  disallowedTools: { schema: texts, args: list("--disallowedTools"), key: sorted },
  tools: {
    schema: z.union([texts, z.literal("default"), preset.pick({ type: true, preset: true })]),
    args: (tools) => ["--tools", isList(tools) ? tools.join(",") : "default"],
    key: (tools) => (isList(tools) ? sorted(tools) : "default"),
  },
  permissionMode: {
    schema: z.enum(["acceptAll", "acceptEdits", "auto", "bypassPermissions", "default", "dontAsk", "plan"]),
    args: (mode) =>
      mode === "acceptAll" ? ["--permission-mode=default", ...ASK_HOST] : [`--permission-mode=${mode}`],
    key: same,
  },
  canUseTool: { schema: callback, args: () => ASK_HOST, key: () => true },
  permissionPrompts: {
    schema: z.enum(["host", "none"]),
    args: (who) => (who === "none" ? ASK_HOST : []),
    key: (who) => (who === "none" ? who : none()),
  },
  permissionPromptToolName: { schema: text, args: withValue("--permission-prompt-tool"), key: same },
  allowDangerouslySkipPermissions: { schema: flag, args: when("--allow-dangerously-skip-permissions") },
  hooks: {
    schema: hooks,
    initialize: (given) => ({ hooks: describeHooks(given) }),
    key: describeHooks,
  },
  onElicitation: { schema: callback, key: () => true },
  onUserDialog: { schema: callback, key: () => true },
  supportedDialogKinds: {
    schema: texts,
    initialize: (supportedDialogKinds) => ({ supportedDialogKinds }),
  },
  outputSchema: {
    schema: z.custom(isOutputSchema, "must be a zod schema (zod 4)"),
    args: (schema) => ["--json-schema", JSON.stringify(outputJsonSchema(schema).schema)],
    key: (schema) => outputJsonSchema(schema).schema,
  },
  outputFormat: {
    schema: z.union([z.enum(["text", "json", "stream-json"]), jsonSchemaFormat]),
    args: (format) => (typeof format === "string" ? [] : ["--json-schema", JSON.stringify(format.schema)]),
    key: (format) => (typeof format === "string" ? none() : format.schema),
  },
  inputFormat: { schema: z.enum(["text", "json", "stream-json"]) },
  verbose: { schema: flag },
  debug: {
    schema: z.union([flag, text]),
    args: (debug) => (debug === false ? [] : [debug === true ? "--debug" : `--debug=${debug}`]),
  },
  debugFile: { schema: text, args: withValue("--debug-file") },
  stderr: { schema: callback },
  debugStderr: { schema: writable },
  thinking: { schema: thinking, args: thinkingArguments, key: same },
  maxThinkingTokens: { schema: z.int().min(0), args: withValue("--max-thinking-tokens"), key: same },
  agent: { schema: text, args: withValue("--agent"), key: same },
  betas: { schema: texts, args: each("--betas"), key: same },
  plugins: {
    schema: z.array(z.looseObject({ type: z.literal("local"), path: text })),
    args: (plugins) => plugins.flatMap(({ path }) => ["--plugin-dir", path]),
    key: (plugins) => plugins.length,
  },
  skills: {
    schema: z.union([texts, z.literal("all")]),
    initialize: (skills) => (skills === "all" ? {} : { skills }),
    key: same,
  },
  taskBudget: {
    schema: z.strictObject({ total: z.int().positive() }),
    args: ({ total }) => [`--task-budget=${total}`],
    key: same,
  },
  sandbox: { schema: z.record(z.string(), z.unknown()), key: same },
  enableFileCheckpointing: {
    schema: flag,
    env: (on): Record<string, string> => (on ? { CLAUDE_CODE_ENABLE_SDK_FILE_CHECKPOINTING: "true" } : {}),
  },
  includeHookEvents: { schema: flag, args: when("--include-hook-events") },
  forwardSubagentText: { schema: flag, initialize: (on) => ({ forwardSubagentText: on }) },
  promptSuggestions: { schema: flag, initialize: (on) => ({ promptSuggestions: on }) },
  agentProgressSummaries: { schema: flag, initialize: (on) => ({ agentProgressSummaries: on }) },
  planModeInstructions: {
    schema: text,
    initialize: (planModeInstructions) => ({ planModeInstructions }),
    key: same,
  },
  toolAliases: {
    schema: z.record(z.string(), z.string()),
    initialize: (toolAliases) => ({ toolAliases }),
    key: same,
  },
  toolConfig: {
    schema: z.strictObject({
      askUserQuestion: z.strictObject({ previewFormat: z.enum(["markdown", "html"]).optional() }).optional(),
    }),
    env: ({ askUserQuestion }): Record<string, string> => {
      const format = askUserQuestion?.previewFormat;
      return format ? { CLAUDE_CODE_QUESTION_PREVIEW_FORMAT: format } : {};
    },
    key: same,
  },
  title: { schema: text, initialize: (title) => ({ title }) },
  persistSession: { schema: flag, args: (on) => (on ? [] : ["--no-session-persistence"]) },
  sessionStore: {
    schema: z.custom(isSessionStore, "must have the methods append and load"),
    args: () => ["--session-mirror"],
  },
  sessionStoreFlush: { schema: z.enum(["batched", "eager"]) },
  loadTimeoutMs: { schema: z.number().positive().max(MAX_TIMEOUT_MS) },
  resumeSessionAt: { schema: text, args: withValue("--resume-session-at") },
  resume: { schema: text, args: withValue("--resume") },
  continue: { schema: flag, args: when("--continue") },
  forkSession: { schema: flag, args: when("--fork-session") },
  sessionId: { schema: z.guid(), args: withValue("--session-id") },
  cwd: { schema: z.union([text, z.instanceof(URL)]) },
  additionalDirectories: {
    schema: texts,
    args: each("--add-dir"),
  },
  env: { schema: z.record(z.string(), z.string().optional()) },
  timeoutMs: { schema: z.number().positive().max(MAX_TIMEOUT_MS) },
  maxBudgetUsd: { schema: z.number().positive(), args: withValue("--max-budget-usd"), key: same },
  effort: {
    schema: z.enum(["low", "medium", "high", "xhigh", "max"]),
    args: withValue("--effort"),
    key: same,
  },
  settings: {
    schema: z.union([text, z.record(z.string(), z.unknown())]),
    args: (settings) => ["--settings", fileOrPath("settings.json", settings)],
  },
  managedSettings: {
    schema: z.record(z.string(), z.unknown()),
    args: (settings) => [`--managed-settings=${JSON.stringify(settings)}`],
  },
  settingSources: {
    schema: z.array(z.enum(["user", "project", "local"])),
    args: (sources) => [`--setting-sources=${sources.join(",")}`],
  },
  mcpServers: {
    schema: z.union([text, z.record(z.string(), mcpServer)]),
    args: (servers) => [
      "--mcp-config",
      fileOrPath(
        "mcp.json",
        typeof servers === "string" ? servers : { mcpServers: describeServers(servers) },
      ),
    ],
    initialize: (servers): Record<string, unknown> => {
      if (typeof servers === "string") return {};
      const names = Object.keys(servers).filter((name) => isInProcess(servers[name]));
      return names.length ? { sdkMcpServers: names } : {};
    },
    key: (servers) => (typeof servers === "string" ? [] : Object.keys(servers).sort()),
  },
  strictMcpConfig: { schema: flag, args: when("--strict-mcp-config"), key: same },
  agents: {
    schema: z.record(z.string(), agent),
    args: (agents) => ["--agents", JSON.stringify(agents)],
    key: same,
  },
  includePartialMessages: { schema: flag, args: when("--include-partial-messages") },
  dangerouslySkipPermissions: { schema: flag, args: when("--dangerously-skip-permissions"), key: same },
  pathToClaudeCodeExecutable: { schema: text },
  executable: { schema: text },
  executableArgs: { schema: texts },
  spawnClaudeCodeProcess: { schema: callback },
  user: { schema: z.union([text, z.int().min(0)]) },
  maxBufferSize: { schema: z.int().positive() },
  extraArgs: {
    schema: z.record(
      z.string().refine((name) => !reservedFlags.has(bareName(name)), "is set by the SDK itself"),
      z.union([z.string(), z.boolean(), z.null()]),
    ),
    args: (flags) => Object.entries(flags).flatMap(([name, value]) => extraFlag(bareName(name), value)),
    key: same,
  },
  abortSignal: { schema: z.instanceof(AbortSignal) },
  provider: { schema: z.enum(providerNames) },
  auth: { schema: z.enum(["oauth"]) },
  retry: { schema: retrySchema },
  logger: { schema: logger },
  mode: { schema: z.enum(recordingModes) },
  recordingsDir: { schema: text },
};

function systemPromptArguments(prompt: Value<"systemPrompt">): CliArgument[] {
  if (typeof prompt === "string") return ["--system-prompt-file", { name: "system-prompt.md", text: prompt }];
  if (isList(prompt)) return [];
  const { append } = prompt;
  return append ? ["--append-system-prompt-file", { name: "append-to-preset.md", text: append }] : [];
}

function thinkingArguments(thinking: Value<"thinking">): string[] {
  const { type, budgetTokens, display } = { budgetTokens: undefined, display: undefined, ...thinking };
  const mode = budgetTokens === undefined ? `--thinking=${type}` : `--max-thinking-tokens=${budgetTokens}`;
  return display ? [mode, `--thinking-display=${display}`] : [mode];
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

/** MCP servers as the CLI is told: those of this process by name. */
export function describeServers(servers: Readonly<Record<string, McpServerConfig>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(servers).map(([name, server]) => [
      name,
      isInProcess(server) ? { type: "sdk", name } : server,
    ]),
  );
}

/** A path stays one; JSON goes into a private file, since every user of the machine can read the arguments of a process. */
function fileOrPath(name: string, value: unknown): CliArgument {
  if (typeof value !== "string") return { name, text: JSON.stringify(value) };
  return value.trimStart().startsWith("{") ? { name, text: value } : value;
}

function bareName(name: string): string {
  return name.replace(/^-+/, "");
}

function extraFlag(name: string, value: string | boolean | null): string[] {
  if (value === false) return [];
  return typeof value === "string" ? [`--${name}=${value}`] : [`--${name}`];
}
