/** `claude-notebook/templates`: prompts with variables. */
export type { BuiltInTemplates } from "./built-in-templates.js";
export {
  defineTemplate,
  type Template,
  type TemplateSpec,
  type TemplateValues,
  type TemplateVariables,
} from "./template.js";
export {
  TemplateInvalidError,
  TemplateNotFoundError,
  TemplateVariablesError,
} from "./template-errors.js";
export {
  type TemplateInfo,
  type TemplateList,
  TemplateManager,
  type TemplateManagerOptions,
  type TemplateVariableInfo,
} from "./template-manager.js";
export type { TemplateOptions } from "./template-options.js";
