import type { ClaudeOptions } from "./types.js";

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === "string" && value.trim() !== "";
const isFlag: Test = (value) => typeof value === "boolean";
const isFunction: Test = (value) => typeof value === "function";
const isTextList: Test = (value) => Array.isArray(value) && value.every(isText);
const isCount: Test = (value) => Number.isSafeInteger(value) && (value as number) > 0;

/**
 * The usual values of the options that most queries have. zod takes half a millisecond for the first value of each kind, and
 * a query cannot start its CLI before all are checked; so only a value that is not told at a glance goes through its schema.
 */
const plainValues: { readonly [Name in keyof ClaudeOptions]?: Test } = {
  abortSignal: (value) => value instanceof AbortSignal,
  allowedTools: isTextList,
  appendSystemPrompt: (value) => typeof value === "string",
  canUseTool: isFunction,
  continue: isFlag,
  cwd: isText,
  disallowedTools: isTextList,
  env: (value) =>
    isPlainObject(value) &&
    Object.values(value).every((each) => each === undefined || typeof each === "string"),
  includePartialMessages: isFlag,
  maxTurns: isCount,
  mode: (value) => value === "auto" || value === "live",
  model: isText,
  pathToClaudeCodeExecutable: isText,
  permissionMode: (value) => value === "default" || value === "acceptAll" || value === "bypassPermissions",
  resume: isText,
  systemPrompt: (value) => typeof value === "string" || isPlainPreset(value),
};

/** Whether the schema of an option would accept a value, as far as that shows without asking it. */
export function isPlainValue(name: keyof ClaudeOptions, value: unknown): boolean {
  return plainValues[name]?.(value) === true;
}

function isPlainPreset(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const { type, preset, ...others } = value;
  return type === "preset" && preset === "claude_code" && Object.keys(others).length === 0;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
