import { inspect } from "node:util";
import { z } from "zod";
import { InvalidOptionsError } from "../errors.js";
import { nearestName } from "../options/nearest-name.js";

const text = z.string();
const texts = z.array(z.string());
const flag = z.boolean();
const record = z.record(z.string(), z.unknown());

/** The settings whose shape is known here; the CLI has more. @see https://docs.anthropic.com/en/docs/claude-code/settings */
const settingsSchemas: Readonly<Record<string, z.ZodType>> = {
  agent: text,
  alwaysThinkingEnabled: flag,
  apiKeyHelper: text,
  autoUpdatesChannel: text,
  availableModels: texts,
  awsAuthRefresh: text,
  awsCredentialExport: text,
  cleanupPeriodDays: z.int().min(0),
  companyAnnouncements: texts,
  disableAllHooks: flag,
  disabledMcpjsonServers: texts,
  effortLevel: text,
  enableAllProjectMcpServers: flag,
  enabledMcpjsonServers: texts,
  enabledPlugins: record,
  env: z.record(z.string(), z.string()),
  extraKnownMarketplaces: record,
  fileSuggestion: record,
  forceLoginMethod: z.enum(["claudeai", "console"]),
  forceLoginOrgUUID: z.union([text, texts]),
  hooks: z.record(z.string(), z.array(record)),
  includeCoAuthoredBy: flag,
  includeGitInstructions: flag,
  language: text,
  model: text,
  outputStyle: text,
  permissions: z.looseObject({
    allow: texts.optional(),
    ask: texts.optional(),
    deny: texts.optional(),
    additionalDirectories: texts.optional(),
    defaultMode: z
      .enum(["acceptEdits", "auto", "bypassPermissions", "default", "dontAsk", "plan"])
      .optional(),
    disableBypassPermissionsMode: z.literal("disable").optional(),
  }),
  respectGitignore: flag,
  sandbox: record,
  showTurnDuration: flag,
  spinnerTipsEnabled: flag,
  statusLine: record,
};

/** What may become a part of an object's chain and not of its contents. */
const forbidden: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** A key as a path: `permissions.allow` is two steps. @throws InvalidOptionsError for an empty or unknown key. */
export function parseKey(key: string): readonly [string, ...string[]] {
  const path = key.split(".") as [string, ...string[]];
  if (path.some((step) => step.trim() === "" || forbidden.has(step))) {
    throw new InvalidOptionsError("key", key, `${JSON.stringify(key)} is no name of a setting.`);
  }
  const [top] = path;
  if (Object.hasOwn(settingsSchemas, top)) return path;
  // Only what looks like a slip is refused: a newer CLI has settings that this version does not know.
  const near = nearestName(top, Object.keys(settingsSchemas));
  if (near === undefined) return path;
  throw new InvalidOptionsError("key", key, `There is no setting \`${top}\`. Did you mean \`${near}\`?`);
}

/** @param setting a top setting with the change in it. @throws InvalidOptionsError when it has the wrong shape. */
export function checkSetting(top: string, setting: unknown, key: string, value: unknown): void {
  const checked = settingsSchemas[top]?.safeParse(setting);
  if (!checked || checked.success) return;
  const issue = checked.error.issues[0]!;
  const where = issue.path.length > 0 ? ` at ${[top, ...issue.path].join(".")}` : "";
  const message = `The setting \`${key}\` cannot be ${inspect(value, { depth: 1 })}${where}: ${issue.message}.`;
  throw new InvalidOptionsError(key, value, message);
}

/** A value of a command line: as it stands when the setting is a text, else as JSON, else as it stands. */
export function parseValue(path: readonly [string, ...string[]], value: string): unknown {
  const [top, ...rest] = path;
  const schema = rest.length === 0 ? settingsSchemas[top] : undefined;
  if (top === "env" || schema?.safeParse(value).success) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
