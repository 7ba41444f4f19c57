import { InvalidOptionsError } from "../errors.js";
import { nearestName } from "../options/nearest-name.js";
import type { SettingSource } from "../options/types.js";
import {
  changeSettings,
  readSettings,
  type Settings,
  type SettingsPlace,
  settingScopes,
  settingsPath,
} from "./settings-file.js";
import { checkSetting, parseKey, parseValue } from "./settings-schema.js";

/** Which settings `config` reads and writes. */
export interface ConfigOptions extends SettingsPlace {
  /**
   * Which settings file is meant.
   * @defaultValue for reading all, of which local counts most and user least; for writing "user"
   */
  readonly scope?: SettingSource | undefined;
}

/**
 * The CLI's settings files. The CLI itself has no `config` command any more; these functions read and write the same
 * files. All of them throw a SettingsError for a file that cannot be read, understood or written, and an
 * InvalidOptionsError for a key or value that cannot be.
 */
export interface ConfigCommand {
  /** `["get", key]`, `["set", key, value]`, `["remove", key]` or `["list"]`, each with `--scope user|project|local`. */
  (args: readonly string[], options?: ConfigOptions): Promise<unknown>;
  /** One setting, by its name or by a path such as `permissions.allow`; undefined when it is not set. */
  get(key: string, options?: ConfigOptions): Promise<unknown>;
  /** Writes one setting into one file; what else stands in it stays. */
  set(key: string, value: unknown, options?: ConfigOptions): Promise<void>;
  remove(key: string, options?: ConfigOptions): Promise<void>;
  /** All settings together, as far as files tell: lists of permissions are joined, of all else the nearest counts. */
  list(options?: ConfigOptions): Promise<Settings>;
}

/**
 * @example
 *     await config.set("model", "opus");
 *     console.log(await config(["get", "model"]));
 */
export const config: ConfigCommand = Object.assign(runConfig as ConfigCommand, { get, set, remove, list });

async function get(key: string, options: ConfigOptions = {}): Promise<unknown> {
  return valueAt(await list(options), parseKey(key));
}

async function set(key: string, value: unknown, options: ConfigOptions = {}): Promise<void> {
  const path = parseKey(key);
  if (value === undefined) return remove(key, options);
  await changeSettings(settingsPath(options.scope ?? "user", options), (settings) => {
    const changed = withValue(settings, path, value);
    checkSetting(path[0], changed[path[0]], key, value);
    return changed;
  });
}

async function remove(key: string, options: ConfigOptions = {}): Promise<void> {
  const path = parseKey(key);
  await changeSettings(settingsPath(options.scope ?? "user", options), (settings) =>
    valueAt(settings, path) === undefined ? settings : withValue(settings, path, undefined),
  );
}

async function list(options: ConfigOptions = {}): Promise<Settings> {
  const scopes = options.scope === undefined ? settingScopes : [options.scope];
  const files = await Promise.all(scopes.map((scope) => readSettings(settingsPath(scope, options))));
  return files.reduceRight((under, over) => merge(under, over) as Settings, {});
}

const commands: Readonly<
  Record<
    string,
    { readonly takes: number; run(args: readonly string[], options: ConfigOptions): Promise<unknown> }
  >
> = {
  get: { takes: 1, run: ([key = ""], options) => get(key, options) },
  set: {
    takes: 2,
    run: ([key = "", value = ""], options) => set(key, parseValue(parseKey(key), value), options),
  },
  remove: { takes: 1, run: ([key = ""], options) => remove(key, options) },
  list: { takes: 0, run: (_, options) => list(options) },
};

async function runConfig(args: readonly string[], options: ConfigOptions = {}): Promise<unknown> {
  const { words, scope } = takeScope(args);
  const [name = "", ...rest] = words;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const near = nearestName(name, Object.keys(commands));
    const advice = near ? `Did you mean ${near}?` : `It takes ${Object.keys(commands).join(", ")}.`;
    throw new InvalidOptionsError(
      "config",
      args,
      `config() has no command ${JSON.stringify(name)}. ${advice}`,
    );
  }
  if (rest.length !== command.takes) {
    const message = `config(["${name}"]) takes ${command.takes} more, not ${rest.length}: ${JSON.stringify(rest)}.`;
    throw new InvalidOptionsError("config", args, message);
  }
  return command.run(rest, { ...options, ...(scope && { scope }) });
}

function takeScope(args: readonly string[]): { words: string[]; scope: SettingSource | undefined } {
  const words: string[] = [];
  let scope: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "--scope" || arg === "-s") scope = args[++i] ?? "";
    else if (arg.startsWith("--scope=")) scope = arg.slice("--scope=".length);
    else words.push(arg);
  }
  if (scope !== undefined && !settingScopes.some((known) => known === scope)) {
    throw new InvalidOptionsError(
      "scope",
      scope,
      `--scope cannot be "${scope}": it is user, project or local.`,
    );
  }
  return { words, scope: scope as SettingSource | undefined };
}

function valueAt(settings: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined),
    settings,
  );
}

/** A copy with another value at the path; `undefined` takes it out. */
function withValue(settings: Settings, path: readonly string[], value: unknown): Settings {
  const [step = "", ...rest] = path;
  const inner = isRecord(settings[step]) ? settings[step] : {};
  const changed = rest.length === 0 ? value : withValue(inner, rest, value);
  const { [step]: _, ...others } = settings;
  if (changed === undefined) return others;
  return step in settings ? { ...settings, [step]: changed } : { ...others, [step]: changed };
}

/** Objects are merged, lists joined, all else is replaced: as the CLI does with its settings files. */
function merge(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  if (Array.isArray(under) && Array.isArray(over)) return [...new Set([...under, ...over])];
  if (!isRecord(under) || !isRecord(over)) return over;
  const merged: Record<string, unknown> = { ...under };
  for (const [name, value] of Object.entries(over)) merged[name] = merge(under[name], value);
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
