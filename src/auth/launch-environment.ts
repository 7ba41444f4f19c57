import { readFileSync } from "node:fs";
import { NotLoggedInError, SettingsError } from "../errors.js";
import type { ClaudeOptions } from "../options/types.js";
import { providerVariables } from "./provider.js";

/** Every variable by which a credential other than the login would reach the API. */
const otherCredentials = [
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_AUTH_TOKEN",
  "ANTHROPIC_CUSTOM_HEADERS",
  "CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR",
] as const;

/** How the CLI names the ways to be logged in that send no API key. */
const loginMethods: ReadonlySet<string> = new Set(["claude.ai", "oauth_token"]);

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Adds what `provider` and `auth` ask for to the variables of a CLI.
 *
 * @param env what is added to this process's environment; `undefined` removes a variable.
 * @throws InvalidOptionsError when the provider lacks a variable.
 */
export function launchEnvironment(options: ClaudeOptions, env: Variables): Variables {
  const isLogin = options.auth === "oauth";
  const provider = options.provider ?? (isLogin ? "anthropic" : undefined);
  return {
    ...env,
    ...providerVariables(provider, { ...process.env, ...env }),
    ...(isLogin && Object.fromEntries(otherCredentials.map((name) => [name, undefined]))),
  };
}

/**
 * With `auth: "oauth"`, adds settings that keep the keys of settings files (`apiKeyHelper`, `env`) from being used: the
 * CLI prefers these to its login, whatever its environment says. Settings given with the query count before files.
 *
 * @throws SettingsError when `settings` names a file that cannot be read.
 */
export function launchOptions(options: ClaudeOptions): ClaudeOptions {
  if (options.auth !== "oauth") return options;
  const given = typeof options.settings === "string" ? readSettingsSync(options.settings) : options.settings;
  const env = { ...(given?.env as object | undefined), ...withoutKeys };
  return { ...options, settings: { ...given, apiKeyHelper: "", env } };
}

const withoutKeys = Object.fromEntries(otherCredentials.map((name) => [name, ""]));

function readSettingsSync(pathOrJson: string): Readonly<Record<string, unknown>> {
  try {
    const isJson = pathOrJson.trimStart().startsWith("{");
    return JSON.parse(isJson ? pathOrJson : readFileSync(pathOrJson, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(pathOrJson, `The settings ${pathOrJson} cannot be read: ${why}`, { cause });
  }
}

/**
 * Makes sure that the CLI would use its login, when `auth: "oauth"` asks for it: also a key of the settings files or of the
 * Console would be sent otherwise.
 *
 * @throws NotLoggedInError, and what {@link authStatus} throws.
 */
export async function requireLogin(
  options: ClaudeOptions,
  launch: { readonly file: string; readonly cwd: string; readonly env: Variables },
): Promise<void> {
  if (options.auth !== "oauth") return;
  const { authStatus } = await import("./auth-status.js");
  const { cwd, env } = launch;
  const cliPath = options.pathToClaudeCodeExecutable ?? launch.file;
  const status = await authStatus({ cliPath, cwd, env, abortSignal: options.abortSignal });
  if (status.loggedIn && loginMethods.has(status.authMethod)) return;
  const found = status.loggedIn ? `it would use ${status.apiKeySource ?? status.authMethod}` : "it is not";
  throw new NotLoggedInError(`The claude CLI must be logged in with a Claude account, and ${found}.`, {
    hints: [
      "Log in with `claude-notebook auth login`.",
      "Without a browser: make a token with `claude setup-token`, and put it into CLAUDE_CODE_OAUTH_TOKEN.",
    ],
  });
}
