import { NotLoggedInError } from "../errors.js";
import type { ClaudeOptions } from "../options/types.js";
import { providerVariables } from "./provider.js";

/** Every variable by which a credential other than the login, or another provider, would reach the CLI. */
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
 * What a turn adds to this process's environment for the CLI: its `env`, and what `provider` and `auth` ask for.
 *
 * @param cliPath the CLI that will run, for asking it about its login.
 * @throws InvalidOptionsError when the provider lacks a variable; NotLoggedInError when a login was asked for.
 */
export async function launchEnvironment(
  options: ClaudeOptions,
  cliPath: string,
  cwd: string,
): Promise<Variables> {
  const provider = options.provider ?? (options.auth === "oauth" ? "anthropic" : undefined);
  const env = {
    ...options.env,
    ...providerVariables(provider, { ...process.env, ...options.env }),
    ...(options.auth === "oauth" && Object.fromEntries(otherCredentials.map((name) => [name, undefined]))),
  };
  if (options.auth === "oauth") await requireLogin({ cliPath, cwd, env, abortSignal: options.abortSignal });
  return env;
}

async function requireLogin(request: {
  readonly cliPath: string;
  readonly cwd: string;
  readonly env: Variables;
  readonly abortSignal: AbortSignal | undefined;
}): Promise<void> {
  const { authStatus } = await import("./auth-status.js");
  const status = await authStatus(request);
  if (status.loggedIn && loginMethods.has(status.authMethod)) return;
  const found = status.loggedIn ? `it would use ${status.apiKeySource ?? status.authMethod}` : "it is not";
  throw new NotLoggedInError(`The claude CLI must be logged in with a Claude account, and ${found}.`, {
    hints: [
      "Log in with `claude-notebook auth login`.",
      "Without a browser: make a token with `claude setup-token`, and put it into CLAUDE_CODE_OAUTH_TOKEN.",
    ],
  });
}
