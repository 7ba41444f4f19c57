import { randomUUID } from "node:crypto";
import { chmod, mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { SettingsError } from "../errors.js";
import { resolveCwd } from "../options/resolve-cwd.js";
import type { SettingSource } from "../options/types.js";

/** Settings of the CLI, as its `settings.json` files name them. */
export type Settings = Readonly<Record<string, unknown>>;

/** Where settings files are. */
export interface SettingsPlace {
  /** Project whose settings are meant: a path or a `file:` URL. @defaultValue process.cwd() */
  readonly cwd?: string | URL | undefined;
  /** The CLI's own folder. @defaultValue CLAUDE_CONFIG_DIR, else `~/.claude` */
  readonly configDir?: string | undefined;
}

/** The kinds of settings files, the one that counts most first. */
export const settingScopes = ["local", "project", "user"] as const satisfies readonly SettingSource[];

export function settingsPath(scope: SettingSource, { cwd, configDir }: SettingsPlace): string {
  const own = configDir ?? process.env.CLAUDE_CONFIG_DIR ?? join(homedir(), ".claude");
  const project = join(resolveCwd(cwd), ".claude");
  const paths = {
    user: join(own, "settings.json"),
    project: join(project, "settings.json"),
    local: join(project, "settings.local.json"),
  };
  return paths[scope];
}

/** The settings of a file; `{}` when there is none. @throws SettingsError */
export async function readSettings(path: string): Promise<Settings> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return "{}";
    throw new SettingsError(path, `The settings file ${path} cannot be read: ${cause.message}`, { cause });
  });
  const value = parseJson(path, text.replace(/^\uFEFF/, ""));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Settings;
  throw new SettingsError(path, `The settings file ${path} must hold a JSON object.`);
}

function parseJson(path: string, text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(path, `The settings file ${path} is not JSON: ${why}`, {
      cause,
      hints: ["Mend it by hand; nothing was changed."],
    });
  }
}

/** The change of each file that is under way: two at once would lose one of them. */
const changes = new Map<string, Promise<unknown>>();

/**
 * Changes a settings file: read, changed and written whole, or not at all.
 *
 * @param change gets the settings there are, and returns those to be.
 * @throws SettingsError, and what `change` throws.
 */
export async function changeSettings(path: string, change: (settings: Settings) => Settings): Promise<void> {
  const before = changes.get(path) ?? Promise.resolve();
  const own = before.then(async () => writeSettings(path, change(await readSettings(path))));
  const settled = own.catch(() => {});
  changes.set(path, settled);
  await own.finally(() => {
    if (changes.get(path) === settled) changes.delete(path);
  });
}

/** Into a file beside it, which then takes its name; a symbolic link stays one. */
async function writeSettings(path: string, settings: Settings): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.settings.${randomUUID()}.tmp`);
  try {
    await mkdir(dirname(target), { recursive: true });
    // Settings may hold credentials (`env`); the mode of an existing file is kept.
    const mode = (await stat(target).catch(() => undefined))?.mode ?? 0o600;
    await writeFile(temporary, `${JSON.stringify(settings, undefined, 2)}\n`, { mode, flag: "wx" });
    await chmod(temporary, mode);
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(path, `The settings file ${path} cannot be written: ${why}`, { cause });
  }
}
