import { z } from "zod";
import { providerNames } from "../auth/provider.js";
import { type Logger, logLevels } from "../logging/logger.js";
import { recordingModes } from "../recording/recording-mode.js";
import { retrySchema } from "../retry/retry-options.js";
import type { ClaudeOptions } from "./types.js";

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
const list = (name: string) => (values: readonly string[]) => (values.length ? [name, values.join(",")] : []);

/** setTimeout takes no more: 2^31 - 1 milliseconds, about 24 days. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

const reservedFlags = new Set([
  "print",
  "p",
  "output-format",
  "input-format",
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
]);

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

/** One row for each option: what it may be, what it tells the CLI, and whether a recording depends on it. */
export const optionTable: { readonly [Name in keyof ClaudeOptions]-?: OptionRow<Name> } = {
  model: { schema: text, args: withValue("--model"), key: same },
  fallbackModel: { schema: text, args: withValue("--fallback-model"), key: same },
  systemPrompt: {
    schema: z.string(),
    args: (prompt) => ["--system-prompt-file", { name: "system-prompt.md", text: prompt }],
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
    schema: z.union([texts, z.literal("default")]),
    args: (tools) => ["--tools", typeof tools === "string" ? tools : tools.join(",")],
    key: sorted,
  },
  permissionMode: {
    schema: z.enum(["acceptEdits", "auto", "bypassPermissions", "default", "dontAsk", "plan"]),
    args: withValue("--permission-mode"),
    key: same,
  },
  resume: { schema: text, args: withValue("--resume") },
  continue: { schema: flag, args: when("--continue") },
  forkSession: { schema: flag, args: when("--fork-session") },
  sessionId: { schema: z.guid(), args: withValue("--session-id") },
  cwd: { schema: z.union([text, z.instanceof(URL)]) },
  additionalDirectories: {
    schema: texts,
    args: (folders) => (folders.length ? ["--add-dir", ...folders] : []),
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
  settingSources: {
    schema: z.array(z.enum(["user", "project", "local"])),
    args: (sources) => [`--setting-sources=${sources.join(",")}`],
  },
  mcpServers: {
    schema: z.union([text, z.record(z.string(), mcpServer)]),
    args: (servers) => [
      "--mcp-config",
      typeof servers === "string" ? servers : fileOrPath("mcp.json", { mcpServers: servers }),
    ],
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

function fileOrPath(name: string, value: unknown): CliArgument {
  return typeof value === "string" ? value : { name, text: JSON.stringify(value) };
}

function bareName(name: string): string {
  return name.replace(/^-+/, "");
}

function extraFlag(name: string, value: string | boolean | null): string[] {
  if (value === false) return [];
  return typeof value === "string" ? [`--${name}=${value}`] : [`--${name}`];
}
