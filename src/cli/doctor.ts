import { ClaudeSDKError } from "../errors.js";
import { mcp } from "./mcp.js";
import type { ClaudeCommandOptions } from "./run-claude.js";
import { readSettings, settingScopes, settingsPath } from "./settings-file.js";
import { version } from "./version.js";

/** One thing that was looked at. */
export interface DoctorCheck {
  readonly name: "login" | "mcp servers" | "settings" | "version";
  readonly ok: boolean;
  /** What was found. */
  readonly detail: string;
  /** What to do about it; commands in backticks. */
  readonly hints: readonly string[];
}

/** What `doctor` found. */
export interface Diagnosis {
  /** Whether all is well. */
  readonly ok: boolean;
  readonly checks: readonly DoctorCheck[];
}

type Finding = Omit<DoctorCheck, "name">;

const checks: Readonly<Record<DoctorCheck["name"], (options: ClaudeCommandOptions) => Promise<Finding>>> = {
  version: async (options) => {
    const found = await version(options);
    return well(`${found.version} at ${found.path}`);
  },
  login: checkLogin,
  settings: checkSettings,
  "mcp servers": checkServers,
};

/**
 * Looks whether the CLI is there, logged in, and set up with settings and servers that work. (The CLI's own `doctor`
 * is a full-screen program for a terminal; without one it never ends.) Servers that are approved are started for it.
 */
export async function doctor(options: ClaudeCommandOptions = {}): Promise<Diagnosis> {
  const found: DoctorCheck[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const finding = await check(options).catch(asFinding);
    found.push({ name: name as DoctorCheck["name"], ...finding });
    // Without a CLI nothing else can be asked.
    if (name === "version" && !finding.ok) break;
  }
  return { ok: found.every(({ ok }) => ok), checks: found };
}

async function checkLogin(options: ClaudeCommandOptions): Promise<Finding> {
  const { authStatus } = await import("../auth/auth-status.js");
  const { loggedIn, authMethod, apiProvider } = await authStatus(options);
  if (loggedIn) return well(`${authMethod}, ${apiProvider}`);
  return ill("not logged in", ["Log in with `claude-notebook auth login`, or set ANTHROPIC_API_KEY."]);
}

async function checkSettings(options: ClaudeCommandOptions): Promise<Finding> {
  const configDir = options.env?.CLAUDE_CONFIG_DIR;
  const paths = settingScopes.map((scope) => settingsPath(scope, { cwd: options.cwd, configDir }));
  const files = await Promise.all(paths.map(readSettings));
  const used = files.filter((settings) => Object.keys(settings).length > 0).length;
  return well(used === 1 ? "1 file" : `${used} files`);
}

async function checkServers(options: ClaudeCommandOptions): Promise<Finding> {
  const servers = await mcp.list(options);
  const broken = servers.filter(({ status }) => status !== "connected");
  if (broken.length === 0) return well(`${servers.length} connected`);
  return ill(
    broken.map(({ name, statusText }) => `${name}: ${statusText}`).join("; "),
    broken.map(({ name }) => `See \`claude mcp get ${name}\`.`),
  );
}

function well(detail: string): Finding {
  return { ok: true, detail, hints: [] };
}

function ill(detail: string, hints: readonly string[]): Finding {
  return { ok: false, detail, hints };
}

function asFinding(error: unknown): Finding {
  if (ClaudeSDKError.isInstance(error)) return ill(error.message, error.hints);
  throw error;
}
