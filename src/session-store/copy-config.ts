import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

type Variables = Readonly<Record<string, string | undefined>>;
type Fields = Record<string, unknown>;

/**
 * Copies what the CLI needs of its own folder into another one: its login, its settings and what it remembers. What cannot
 * be read is left out, as the CLI would do.
 *
 * @param env the CLI's whole environment.
 */
export async function copyConfig(env: Variables, target: string): Promise<void> {
  const home = env.HOME ?? homedir();
  const given = env.CLAUDE_CONFIG_DIR;
  const source = given ?? join(home, ".claude");
  const login =
    (await textOf(join(source, ".credentials.json"))) ?? (given ? undefined : await keychainLogin());
  const texts = {
    ".credentials.json": login && change(login, withoutRefreshToken),
    ".claude.json": await textOf(join(given ?? home, ".claude.json")),
    "settings.json": change((await textOf(join(source, "settings.json"))) ?? "", withoutPlaces),
  };
  for (const [name, text] of Object.entries(texts)) {
    if (text) await writeFile(join(target, name), text, { mode: 0o600 });
  }
}

/** A token is refreshed once: done here, the new one would be lost with the folder, and the user logged out. */
function withoutRefreshToken(login: Fields): Fields {
  const { refreshToken: _, ...oauth } = (login.claudeAiOauth ?? {}) as Fields;
  return login.claudeAiOauth === undefined ? login : { ...login, claudeAiOauth: oauth };
}

/** Plugins would be installed anew, and the folder would be another one again. */
function withoutPlaces({ enabledPlugins: _, extraKnownMarketplaces: __, ...settings }: Fields): Fields {
  const { CLAUDE_CONFIG_DIR: ___, ...env } = (settings.env ?? {}) as Fields;
  return settings.env === undefined ? settings : { ...settings, env };
}

/** What is no JSON object is copied as it is: the CLI says what is wrong with it. */
function change(json: string, changed: (fields: Fields) => Fields): string {
  try {
    return JSON.stringify(changed(JSON.parse(json) as Fields));
  } catch {
    return json;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

/** On macOS the login is in the keychain, by a name that depends on the CLI's folder. */
async function keychainLogin(): Promise<string | undefined> {
  if (process.platform !== "darwin") return undefined;
  const args = ["find-generic-password", "-a", userInfo().username, "-w", "-s", "Claude Code-credentials"];
  const found = await promisify(execFile)("security", args, { timeout: 5_000 }).catch(() => undefined);
  return found?.stdout.trim() || undefined;
}
