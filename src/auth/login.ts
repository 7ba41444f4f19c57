import { type ClaudeCommandOptions, commandError, runClaude, runClaudeOrThrow } from "../cli/run-claude.js";
import { type AuthStatus, authStatus } from "./auth-status.js";

export interface LoginOptions extends ClaudeCommandOptions {
  /** Logs in to the Console, which bills API usage, and not with a Claude subscription. */
  readonly console?: boolean | undefined;
  /** Filled in on the login page. */
  readonly email?: string | undefined;
  /** Goes to the organisation's single sign-on. */
  readonly sso?: boolean | undefined;
}

/**
 * Logs in with the CLI's own dialogue, which needs this process's terminal and a browser.
 *
 * @returns how it is logged in then.
 * @throws CommandError when the dialogue was left or failed; and what {@link authStatus} throws.
 */
export async function login(options: LoginOptions = {}): Promise<AuthStatus> {
  const { console, email, sso, ...rest } = options;
  const args = [
    "auth",
    "login",
    ...(console ? ["--console"] : []),
    ...(sso ? ["--sso"] : []),
    ...(email === undefined ? [] : [`--email=${email}`]),
  ];
  const result = await runClaude(args, rest, true);
  if (result.exitCode !== 0) throw commandError(args, result, rest);
  return authStatus(rest);
}

/** Forgets the CLI's login. Keys in the environment stay. @throws CommandError, CLINotFoundError, CLIConnectionError */
export async function logout(options: ClaudeCommandOptions = {}): Promise<void> {
  await runClaudeOrThrow(["auth", "logout"], options);
}
