import { inspect } from "node:util";
import { z } from "zod";
import { nearestName } from "../options/nearest-name.js";
import { normaliseOptions } from "../options/normalise-options.js";
import type { QueryOptions } from "../options/types.js";
import type { QueryRequest } from "../query.js";
import { checkTemplateText } from "./check-template-text.js";
import { parseTemplate, type TemplateNode } from "./parse-template.js";
import { renderNodes } from "./render-nodes.js";
import { TemplateInvalidError, TemplateVariablesError } from "./template-errors.js";
import { parseTemplateOptions, type TemplateOptions } from "./template-options.js";

/** The variables of a template: name → zod schema. A default makes one optional, and `describe` tells what it is for. */
export type TemplateVariables = Readonly<Record<string, z.ZodType>>;

/** The values that a template with these variables takes. */
export type TemplateValues<Variables extends TemplateVariables> = z.input<z.ZodObject<Variables>>;

/** What a template is made of. */
export interface TemplateSpec<Variables extends TemplateVariables = TemplateVariables> {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  readonly description: string;
  readonly variables: Variables;
  /** The prompt, in the syntax that docs/templates.md explains. */
  readonly body: string;
  /** Texts that the body takes in with `{{> name}}`. */
  readonly partials?: Readonly<Record<string, string>> | undefined;
  /** Options of the queries that it is for. */
  readonly options?: TemplateOptions | undefined;
}

/** A prompt with variables. */
export interface Template<Variables extends TemplateVariables = TemplateVariables>
  extends TemplateSpec<Variables> {
  readonly partials: Readonly<Record<string, string>>;
  readonly options: TemplateOptions;
  /** The file it was read from; undefined for one that was not read from a file. */
  readonly path: string | undefined;
  /** The prompt with values put in. @throws TemplateVariablesError for missing, unknown and wrong values. */
  render(values: TemplateValues<Variables>): string;
  /**
   * What `query` takes: the prompt, and the template's options with those that are given.
   *
   * @throws TemplateVariablesError; InvalidOptionsError
   * @example
   *     query(templates.getTemplate("explain_code").request({ code: "x => x" }, { model: "haiku" }));
   */
  request(values: TemplateValues<Variables>, options?: QueryOptions): QueryRequest;
}

const NAME = /^[a-z][\w-]*$/i;

/**
 * Makes a template.
 *
 * @param path the file that it comes from, for errors.
 * @throws TemplateInvalidError when its text asks for what it does not declare, or an option is none that templates may have.
 * @example
 *     const greet = defineTemplate({
 *       name: "greet",
 *       description: "A greeting",
 *       variables: { who: z.string(), tone: z.enum(["warm", "dry"]).default("warm") },
 *       body: "Greet {{who}} in a {{tone}} tone.",
 *     });
 */
export function defineTemplate<Variables extends TemplateVariables>(
  spec: TemplateSpec<Variables>,
  path?: string,
): Template<Variables> {
  const { name, description, variables, body } = spec;
  const fail = (why: string, cause?: unknown): TemplateInvalidError =>
    new TemplateInvalidError(String(name), why, { path, cause });
  if (typeof name !== "string" || !NAME.test(name))
    throw fail(`its name is ${inspect(name)}; a name has letters, digits, \`_\` and \`-\`.`);
  const parse = (text: string, what: string): readonly TemplateNode[] => {
    try {
      return parseTemplate(text);
    } catch (cause) {
      throw fail(`${what} is not well formed, ${cause instanceof Error ? cause.message : cause}.`, cause);
    }
  };
  const partials = spec.partials ?? {};
  const nodes = parse(body, "its text");
  const parsedPartials = Object.fromEntries(
    Object.entries(partials).map(([partial, text]) => [partial, parse(text, `the partial \`${partial}\``)]),
  );
  const problem = checkTemplateText(nodes, parsedPartials, variables);
  if (problem) throw fail(problem);
  const options = parseTemplateOptions(spec.options ?? {}, fail);
  const schema = z.strictObject(variables);

  const render = (values: TemplateValues<Variables>): string => {
    const checked = schema.safeParse(values ?? {});
    if (!checked.success) throw variablesError(name, variables, values, checked.error);
    return renderNodes(nodes, {
      values: checked.data as Record<string, unknown>,
      partials: parsedPartials,
    }).trim();
  };
  return {
    name,
    description,
    variables,
    body,
    partials,
    options,
    path,
    render,
    request: (values, more) => ({
      prompt: render(values),
      options: { ...options, ...normaliseOptions(more) },
    }),
  };
}

/** Whether a variable can be left out. */
export function isOptionalVariable(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}

function variablesError(
  template: string,
  variables: TemplateVariables,
  values: unknown,
  error: z.ZodError,
): TemplateVariablesError {
  const given = typeof values === "object" && values !== null ? (values as Record<string, unknown>) : {};
  const names = Object.keys(variables);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(variables, name));
  const isMissing = (name: string): boolean =>
    !(Object.hasOwn(given, name) && given[name] !== undefined) && !isOptionalVariable(variables[name]!);
  const missing = names.filter(isMissing);
  const wrong = error.issues.filter(
    ({ path }) => path.length > 0 && !missing.includes(String(path[0])) && !unknown.includes(String(path[0])),
  );
  const why = [
    ...(missing.length > 0 ? [`it lacks ${list(missing)}`] : []),
    ...unknown.map((name) => `it has no variable \`${name}\`${advice(name, names)}`),
    ...wrong.map(({ path, message }) => `\`${path.map(String).join(".")}\`: ${message}`),
    ...(typeof values === "object" ? [] : [`its values must be an object, not ${inspect(values)}`]),
  ];
  return new TemplateVariablesError(template, `${why.join("; ")}.`, {
    missing,
    unknown,
    cause: error,
    hints: [names.length > 0 ? `Its variables are ${list(names)}.` : "It has no variables."],
  });
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function advice(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest ? ` (did you mean \`${nearest}\`?)` : "";
}
