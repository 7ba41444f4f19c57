import { join } from "node:path";

/** Variables that steer a CLI: none of a developer's own may reach a test. */
const STEERING = /^(CLAUDE|ANTHROPIC|AWS_|GOOGLE_|VERTEX|DISABLE_(TELEMETRY|AUTOUPDATER))/;

/**
 * The environment in which a CLI talks to a scripted API and to nothing else: no account, no telemetry, no update, and
 * settings and sessions in a folder of its own. As the option `env`, its `undefined` values remove what is inherited.
 *
 * @param home an empty folder; becomes HOME.
 * @param url address of the API, e.g. of {@link createScriptedApi}.
 */
export function cleanClaudeEnv(home: string, url: string): Record<string, string | undefined> {
  const inherited = Object.keys(process.env).filter(
    (name) => STEERING.test(name) && !name.startsWith("CLAUDE_NOTEBOOK_"),
  );
  return { ...Object.fromEntries(inherited.map((name) => [name, undefined])), ...claudeEnv(home, url) };
}

/** Only the variables that are set, for a process that inherits nothing. */
export function claudeEnv(home: string, url: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    HOME: home,
    USERPROFILE: home,
    CLAUDE_CONFIG_DIR: join(home, ".claude"),
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: "sk-test",
    DISABLE_TELEMETRY: "1",
    DISABLE_AUTOUPDATER: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  };
}
