import { isModeWithin } from "../options/permission-order.js";
import type { ClaudeOptions } from "../options/types.js";
import type { TemplateOptions } from "./template-options.js";

/**
 * A template's options where somebody has options already who does not know the template, as a chain has for its steps: limits
 * are the narrower of both, so that the template takes away and never adds.
 */
export function optionsUnder(caller: ClaudeOptions, template: TemplateOptions): ClaudeOptions {
  const { tools, permissionMode: mode } = template;
  const disallowedTools = [...(caller.disallowedTools ?? []), ...(template.disallowedTools ?? [])];
  return {
    ...caller,
    ...template,
    ...(disallowedTools.length > 0 && { disallowedTools }),
    ...(caller.tools !== undefined && { tools: toolsIn(caller.tools, tools) }),
    ...(caller.permissionMode !== undefined && {
      permissionMode: mode && isModeWithin(caller.permissionMode, mode) ? mode : caller.permissionMode,
    }),
    ...least("maxTurns", caller, template),
    ...least("maxBudgetUsd", caller, template),
  };
}

type Tools = NonNullable<ClaudeOptions["tools"]>;

/** Whatever is no list stands for all tools. */
function toolsIn(caller: Tools, template: ClaudeOptions["tools"]): Tools {
  if (template === undefined || !isList(template)) return caller;
  return isList(caller) ? template.filter((tool) => caller.includes(tool)) : template;
}

function isList(tools: Tools): tools is readonly string[] {
  return Array.isArray(tools);
}

function least(
  name: "maxBudgetUsd" | "maxTurns",
  caller: ClaudeOptions,
  template: TemplateOptions,
): ClaudeOptions {
  const limits = [caller[name], template[name]].filter((limit) => limit !== undefined);
  return limits.length > 0 ? { [name]: Math.min(...limits) } : {};
}
