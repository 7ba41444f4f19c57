import { z } from "zod";
import { type ClaudeCommandOptions, commandError, runClaude } from "../cli/run-claude.js";

/** Whether and how the CLI is logged in. */
export interface AuthStatus {
  readonly loggedIn: boolean;
  /**
   * How it would identify itself: `claude.ai` and `oauth_token` are logins, `api_key` and `api_key_helper` keys,
   * `third_party` another provider's credentials, `none` nothing. A newer CLI may know more.
   */
  readonly authMethod: string;
  /** `firstParty` for Anthropic's API, else the provider. */
  readonly apiProvider: string;
  /** Where an API key comes from, e.g. `ANTHROPIC_API_KEY`. */
  readonly apiKeySource?: string | undefined;
  readonly email?: string | undefined;
  readonly orgName?: string | undefined;
  readonly subscriptionType?: string | undefined;
}

const text = z.string().nullish();
const statusSchema = z.looseObject({
  loggedIn: z.boolean(),
  authMethod: z.string(),
  apiProvider: z.string(),
  apiKeySource: text,
  email: text,
  orgName: text,
  subscriptionType: text,
});

const ARGS = ["auth", "status", "--json"] as const;

/**
 * Asks the CLI whether it is logged in. It sends no credential for it; the CLI may open a connection to its API.
 *
 * @throws CLINotFoundError, CLIConnectionError; CommandError when the CLI is too old to know.
 */
export async function authStatus(options: ClaudeCommandOptions = {}): Promise<AuthStatus> {
  const result = await runClaude(ARGS, options);
  // Not logged in is exit code 1, and an answer all the same.
  const parsed = statusSchema.safeParse(parseJson(result.stdout));
  if (!parsed.success) throw commandError(ARGS, result, options);
  const { loggedIn, authMethod, apiProvider, ...rest } = parsed.data;
  const { apiKeySource, email, orgName, subscriptionType } = rest;
  const known = { apiKeySource, email, orgName, subscriptionType };
  const given = Object.entries(known).filter(([, value]) => typeof value === "string");
  return { loggedIn, authMethod, apiProvider, ...Object.fromEntries(given) };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
