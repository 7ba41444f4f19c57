import { ClaudeSDKError, type ClaudeSDKErrorOptions, hasCode } from "../errors.js";

/** There is no template of this name. */
export class TemplateNotFoundError extends ClaudeSDKError {
  override readonly name = "TemplateNotFoundError";
  declare readonly code: "template_not_found";
  readonly template: string;

  constructor(template: string, message: string, options?: ClaudeSDKErrorOptions) {
    super("template_not_found", message, options);
    this.template = template;
  }

  static override isInstance(error: unknown): error is TemplateNotFoundError {
    return hasCode(error, "template_not_found");
  }
}

/** A template cannot be understood: its text, its variables, its options or its file. */
export class TemplateInvalidError extends ClaudeSDKError {
  override readonly name = "TemplateInvalidError";
  declare readonly code: "template_invalid";
  readonly template: string;
  /** Where it was read from; undefined for one that was not read from a file. */
  readonly path: string | undefined;

  constructor(
    template: string,
    why: string,
    options: ClaudeSDKErrorOptions & { readonly path?: string | undefined } = {},
  ) {
    const where = options.path === undefined ? "" : ` (${options.path})`;
    super("template_invalid", `The template \`${template}\`${where} cannot be used: ${why}`, options);
    this.template = template;
    this.path = options.path;
  }

  static override isInstance(error: unknown): error is TemplateInvalidError {
    return hasCode(error, "template_invalid");
  }
}

/** The values for a template are not those it asks for. */
export class TemplateVariablesError extends ClaudeSDKError {
  override readonly name = "TemplateVariablesError";
  declare readonly code: "template_variables";
  readonly template: string;
  /** Variables that need a value and got none. */
  readonly missing: readonly string[];
  /** Values for variables that the template does not have. */
  readonly unknown: readonly string[];

  constructor(
    template: string,
    why: string,
    options: ClaudeSDKErrorOptions & {
      readonly missing?: readonly string[];
      readonly unknown?: readonly string[];
    },
  ) {
    super("template_variables", `The template \`${template}\` cannot be rendered: ${why}`, options);
    this.template = template;
    this.missing = options.missing ?? [];
    this.unknown = options.unknown ?? [];
  }

  static override isInstance(error: unknown): error is TemplateVariablesError {
    return hasCode(error, "template_variables");
  }
}
