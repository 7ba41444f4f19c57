import { parse as parseYaml, stringify as stringifyYaml } from "yaml";
import { z } from "zod";
import { defineTemplate, isOptionalVariable, type Template, type TemplateVariables } from "./template.js";
import { TemplateInvalidError } from "./template-errors.js";
import { grantIn } from "./template-options.js";

/** The front matter of a template's file. */
const frontMatter = z.strictObject({
  name: z.string(),
  description: z.string().default(""),
  /** Name → JSON Schema; `optional: true` beside it for one that may be left out. */
  variables: z.record(z.string(), z.looseObject({ optional: z.boolean().optional() })).default({}),
  partials: z.record(z.string(), z.string()).default({}),
  options: z.record(z.string(), z.unknown()).default({}),
});

const FENCED = /^---[ \t]*\r?\n((?:[\s\S]*?\r?\n)??)---[ \t]*(?:\r?\n|$)([\s\S]*)$/;

export interface TemplateFileOptions {
  /** What it is called where it says nothing itself. */
  readonly name: string;
  /** Texts that lie beside it. */
  readonly partials?: Readonly<Record<string, string>> | undefined;
  /** Whether it may let Claude do something unasked. */
  readonly canGrant: boolean;
}

/** Reads a template from markdown with front matter in YAML. @throws TemplateInvalidError */
export function parseTemplateFile(
  text: string,
  path: string,
  { name, partials, canGrant }: TemplateFileOptions,
): Template {
  const fail = (why: string, cause?: unknown): TemplateInvalidError =>
    new TemplateInvalidError(name, why, { path, cause });
  const [, head, body] = FENCED.exec(text.replace(/^\uFEFF/, "")) ?? [];
  if (head === undefined || body === undefined)
    throw fail("it has no front matter: its first line must be `---`, and another `---` end the head.");
  const parsed = frontMatter.safeParse({ name, ...readYaml(head, fail) });
  if (!parsed.success) throw fail(z.prettifyError(parsed.error), parsed.error);
  const { variables: schemas, ...rest } = parsed.data;
  const variables: Record<string, z.ZodType> = {};
  for (const [variable, { optional, ...schema }] of Object.entries(schemas)) {
    try {
      const type = z.fromJSONSchema(schema);
      variables[variable] = optional === true ? type.optional() : type;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw fail(`the variable \`${variable}\` is no JSON Schema that zod reads: ${why}`, cause);
    }
  }
  const spec = { ...rest, partials: { ...partials, ...rest.partials }, variables, body };
  const template = defineTemplate(spec, path);
  const grant = canGrant ? undefined : grantIn(template.options);
  if (grant === undefined) return template;
  const why = `it brings the option \`${grant}\`; what Claude may do unasked is not for a file to say.`;
  throw new TemplateInvalidError(name, why, {
    path,
    hints: [
      `Give \`${grant}\` to the query, or make the manager with \`canGrant: true\` if nobody else writes its folders.`,
    ],
  });
}

function readYaml(head: string, fail: (why: string, cause?: unknown) => Error): object {
  let value: unknown;
  try {
    value = parseYaml(head) ?? {};
  } catch (cause) {
    throw fail(`its head is not YAML: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw fail("its head must be a list of fields (`name: …`).");
}

/** The text of a template's file. @throws TemplateInvalidError for a variable that JSON Schema cannot say. */
export function templateFileText(template: Template): string {
  const { name, description, body, partials, options } = template;
  const variables = Object.fromEntries(
    Object.entries(template.variables).map(([variable, schema]) => [
      variable,
      variableSchema(template, variable, schema),
    ]),
  );
  const head = { name, description, ...nonEmpty({ variables, partials, options }) };
  return `---\n${stringifyYaml(head)}---\n${body}`;
}

function variableSchema(template: Template, name: string, schema: TemplateVariables[string]): object {
  try {
    const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input" });
    const isOptional = !("default" in json) && isOptionalVariable(schema);
    return isOptional ? { ...json, optional: true } : json;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TemplateInvalidError(
      template.name,
      `its variable \`${name}\` cannot be written to a file: ${why}`,
      {
        cause,
      },
    );
  }
}

function nonEmpty(fields: Readonly<Record<string, object>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Object.keys(value).length > 0));
}
