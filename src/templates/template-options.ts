import { InvalidOptionsError } from "../errors.js";
import { normaliseOptions } from "../options/normalise-options.js";
import { isModeWithin } from "../options/permission-order.js";
import type { ClaudeOptions } from "../options/types.js";

/**
 * The options that a template may bring. What starts programs or may hold secrets (`mcpServers`, `env`, `settings`, hooks,
 * executables) is not among them: a template is a text, and may come from a file.
 */
const templateOptionNames = [
  "model",
  "fallbackModel",
  "systemPrompt",
  "appendSystemPrompt",
  "maxTurns",
  "maxBudgetUsd",
  "tools",
  "allowedTools",
  "disallowedTools",
  "permissionMode",
  "effort",
  "thinking",
] as const satisfies readonly (keyof ClaudeOptions)[];

/** The options of a query that a template may set. */
export type TemplateOptions = Pick<ClaudeOptions, (typeof templateOptionNames)[number]>;

/** Permission modes that ask nobody. */
const UNASKED: readonly unknown[] = ["acceptAll", "bypassPermissions", "auto"];

/** What of a template's options lets Claude do something unasked; undefined when nothing does. */
export function grantIn({
  allowedTools = [],
  permissionMode = "default",
}: TemplateOptions): "allowedTools" | "permissionMode" | undefined {
  if (allowedTools.length > 0) return "allowedTools";
  return isModeWithin("default", permissionMode) ? undefined : "permissionMode";
}

/** @param fail makes the error of a reason. @throws it, for options that a template cannot have. */
export function parseTemplateOptions(
  given: unknown,
  fail: (why: string, cause?: unknown) => Error,
): TemplateOptions {
  try {
    const options = normaliseOptions(given as ClaudeOptions);
    const stray = Object.keys(options).find(
      (name) => !(templateOptionNames as readonly string[]).includes(name),
    );
    if (stray !== undefined)
      throw fail(
        `a template cannot bring the option \`${stray}\`; give it to the query. It may bring ${templateOptionNames.join(", ")}.`,
      );
    if (UNASKED.includes(options.permissionMode))
      throw fail(
        `a template cannot bring the permission mode \`${options.permissionMode}\`; give it to the query.`,
      );
    return options;
  } catch (error) {
    throw InvalidOptionsError.isInstance(error) ? fail(error.message, error) : error;
  }
}
