import { inspect } from "node:util";
import { InvalidOptionsError } from "../errors.js";
import { redactSecrets } from "../redact/redact-secrets.js";
import { checkCombinations } from "./check-combinations.js";
import { nearestName } from "./nearest-name.js";
import { optionSynonyms, type SynonymTable } from "./option-synonyms.js";
import { optionTable } from "./option-table.js";
import { isPlainValue } from "./plain-values.js";
import type { ClaudeOptions, PermissionMode, QueryOptions } from "./types.js";

export type OptionName = keyof ClaudeOptions;

/** Values with a second name. */
const valueSynonyms: Partial<Record<OptionName, Readonly<Record<string, unknown>>>> = {
  permissionMode: { ask: "default" },
};

/**
 * Checks options and brings them to their own names and units.
 *
 * @throws InvalidOptionsError for an option that does not exist (with the nearest one), is given twice under two names,
 * or has a value it cannot have.
 */
export function normaliseOptions(given: QueryOptions | undefined): ClaudeOptions {
  if (given === undefined) return {};
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new InvalidOptionsError("options", given, `The options must be an object, not ${show(given)}.`);
  }
  const options: Partial<Record<OptionName, unknown>> = {};
  const spelling = new Map<OptionName, string>();
  for (const [givenName, givenValue] of Object.entries(given)) {
    if (givenValue === undefined) continue;
    const [name, value] = ownNameAndUnit(givenName, givenValue);
    const before = spelling.get(name);
    if (before !== undefined) {
      const message = `The option \`${name}\` is given twice, as \`${before}\` and as \`${givenName}\`.`;
      throw new InvalidOptionsError(givenName, givenValue, message);
    }
    spelling.set(name, givenName);
    options[name] = checkValue(name, givenName, value, givenValue);
  }
  checkCombinations(options as ClaudeOptions);
  return options as ClaudeOptions;
}

/** A permission mode as the CLI knows it. @throws InvalidOptionsError for one that a running session cannot take. */
export function normalisePermissionMode(mode: PermissionMode): string {
  const { permissionMode } = normaliseOptions({ permissionMode: mode });
  if (permissionMode !== "acceptAll") return permissionMode!;
  const message = "The permission mode `acceptAll` must be chosen when the session starts.";
  throw new InvalidOptionsError("permissionMode", mode, message);
}

function ownNameAndUnit(given: string, value: unknown): [OptionName, unknown] {
  if (given === "abortController")
    return ["abortSignal", (value as Partial<AbortController>)?.signal ?? value];
  if (given === "timeout") return ["timeoutMs", typeof value === "number" ? value * 1000 : value];
  const name = Object.hasOwn(optionSynonyms, given) ? optionSynonyms[given as keyof SynonymTable] : given;
  if (!Object.hasOwn(optionTable, name)) throw unknownOption(given, value);
  const own = name as OptionName;
  const synonyms = valueSynonyms[own];
  const hasSynonym = typeof value === "string" && synonyms && Object.hasOwn(synonyms, value);
  return [own, hasSynonym ? synonyms[value] : value];
}

function unknownOption(name: string, value: unknown): InvalidOptionsError {
  const nearest = nearestName(name, [
    ...Object.keys(optionTable),
    ...Object.keys(optionSynonyms),
    "timeout",
    "abortController",
  ]);
  const advice = nearest ? ` Did you mean \`${nearest}\`?` : "";
  return new InvalidOptionsError(name, value, `There is no option \`${name}\`.${advice}`);
}

function checkValue(name: OptionName, givenName: string, value: unknown, givenValue: unknown): unknown {
  if (isPlainValue(name, value)) return value;
  const checked = optionTable[name].schema.safeParse(value);
  if (checked.success) return value;
  const issue = checked.error.issues[0]!;
  const where = issue.path.length > 0 ? ` at ${issue.path.join(".")}` : "";
  const message = `The option \`${givenName}\` cannot be ${show(givenValue)}${where}: ${lowerFirst(issue.message)}.`;
  throw new InvalidOptionsError(givenName, givenValue, message);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A value for an error message, in characters; more would hide the message. */
const SHOWN_VALUE_LENGTH = 120;

function show(value: unknown): string {
  const text = redactSecrets(inspect(value, { depth: 2, breakLength: Number.POSITIVE_INFINITY }));
  return text.length > SHOWN_VALUE_LENGTH ? `${text.slice(0, SHOWN_VALUE_LENGTH)}…` : text;
}
