import { readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { z } from "zod";
import { nearestName } from "../options/nearest-name.js";
import { showAs } from "../shown-as.js";
import { stateFolder } from "../storage/state-folder.js";
import { writeFileAtomically } from "../storage/write-file-atomically.js";
import { describeSystemError, systemErrorCode } from "../system-error.js";
import { type BuiltInTemplates, builtInTemplates } from "./built-in-templates.js";
import { defineTemplate, isOptionalVariable, type Template, type TemplateSpec } from "./template.js";
import { TemplateInvalidError, TemplateNotFoundError } from "./template-errors.js";
import { parseTemplateFile, templateFileText } from "./template-file.js";

/** Names the folders of the user's templates, separated as in PATH. */
export const TEMPLATES_VARIABLE = "CLAUDE_NOTEBOOK_TEMPLATES";

/** Where templates come from, and what they may bring. */
export interface TemplateManagerOptions {
  /**
   * Folders of templates in markdown; a later one goes before an earlier one, and all before the built-in templates.
   * @defaultValue those that CLAUDE_NOTEBOOK_TEMPLATES names, else one in the user's folder for state
   */
  readonly folders?: readonly string[] | undefined;
  /**
   * Whether templates of folders may bring `allowedTools`, and a permission mode that asks less than `default`. A file that does
   * is no template otherwise: what Claude may do unasked is for whoever asks it to say.
   * @defaultValue false
   */
  readonly canGrant?: boolean | undefined;
}

/** What is known of a template without its text. */
export interface TemplateInfo {
  readonly name: string;
  readonly description: string;
  readonly variables: readonly TemplateVariableInfo[];
  /** "built-in", or the file it was read from. */
  readonly source: string;
}

/** A variable that a template asks for. */
export interface TemplateVariableInfo {
  readonly name: string;
  /** What it holds, in words, e.g. "string" or "array". */
  readonly type: string;
  readonly isRequired: boolean;
  readonly description?: string | undefined;
}

/** Templates by name. */
export interface TemplateList extends ReadonlyArray<TemplateInfo> {
  /** Files that are no templates. */
  readonly problems: readonly TemplateInvalidError[];
}

/** What a partial's file begins with. */
const PARTIAL_MARK = "_";
const ENDING = ".md";

/**
 * Templates of prompts: the built-in ones, and those in folders of yours. Files are read when they are asked for, so that an
 * edited one holds at once.
 *
 * @example
 *     const templates = new TemplateManager({ folders: ["templates"] });
 *     const review = templates.getTemplate("code_review");
 *     const prompt = review.render({ code: "let x = y = 1;" });
 */
export class TemplateManager {
  /** Absolute. */
  readonly folders: readonly string[];
  readonly #canGrant: boolean;

  constructor(options: TemplateManagerOptions = {}) {
    this.#canGrant = options.canGrant === true;
    this.folders = (options.folders ?? defaultFolders(process.env)).map((folder) => resolve(folder));
  }

  /** @throws TemplateNotFoundError; TemplateInvalidError when its file cannot be understood. */
  getTemplate<Name extends keyof BuiltInTemplates>(name: Name): BuiltInTemplates[Name];
  getTemplate(name: string): Template;
  getTemplate(name: string): Template {
    for (const folder of this.folders.toReversed()) {
      const file = filesIn(folder).find((each) => each === `${name}${ENDING}`);
      if (file !== undefined) return readTemplate(folder, file, this.#canGrant);
    }
    if (Object.hasOwn(builtInTemplates, name))
      return builtInTemplates[name as keyof BuiltInTemplates] as unknown as Template;
    const names = [...Object.keys(builtInTemplates), ...this.folders.flatMap(filesIn).map(nameOf)];
    const nearest = nearestName(String(name), names);
    throw new TemplateNotFoundError(
      String(name),
      `There is no template \`${name}\`.${nearest ? ` Did you mean \`${nearest}\`?` : ""}`,
      {
        hints: [`The templates are ${[...new Set(names)].sort().join(", ")}.`],
      },
    );
  }

  /** All templates, by name. A file that is none is among the `problems`, and the others are there. */
  list(): TemplateList {
    const infos = new Map<string, TemplateInfo>();
    const problems: TemplateInvalidError[] = [];
    for (const template of Object.values(builtInTemplates))
      infos.set(template.name, infoOf(template as unknown as Template));
    for (const folder of this.folders) {
      for (const file of filesIn(folder)) {
        try {
          infos.set(nameOf(file), infoOf(readTemplate(folder, file, this.#canGrant)));
        } catch (error) {
          if (!TemplateInvalidError.isInstance(error)) throw error;
          problems.push(error);
        }
      }
    }
    const sorted = [...infos.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return showAs(Object.defineProperty(sorted, "problems", { value: problems }) as never, "templates");
  }

  /**
   * A template's prompt with values put in.
   *
   * @throws TemplateNotFoundError; TemplateInvalidError; TemplateVariablesError for missing, unknown and wrong values.
   */
  render(name: string, values: Readonly<Record<string, unknown>>): string {
    return this.getTemplate(name).render(values);
  }

  /**
   * Writes a template into the last of the folders, in place of one of the same name there.
   *
   * @returns its file, an absolute path.
   * @throws TemplateInvalidError when it cannot be used, a variable of it cannot be written as JSON Schema, or it grants what
   * this manager's files may not.
   */
  async save(spec: TemplateSpec): Promise<string> {
    const folder = this.folders.at(-1);
    const template = defineTemplate(spec);
    if (folder === undefined)
      throw new TemplateInvalidError(template.name, "the manager has no folder to save it in.");
    const path = join(folder, `${template.name}${ENDING}`);
    const text = templateFileText(template);
    // What is written can be read again.
    parseTemplateFile(text, path, { name: template.name, canGrant: this.#canGrant });
    await mkdir(folder, { recursive: true });
    await writeFileAtomically(path, text);
    return path;
  }
}

function defaultFolders(env: NodeJS.ProcessEnv): string[] {
  const named = env[TEMPLATES_VARIABLE]?.split(delimiter).filter((folder) => folder !== "");
  return named?.length ? named : [join(stateFolder(env, process.platform), "templates")];
}

/** The files of templates in a folder; none when there is no such folder. */
function filesIn(folder: string): string[] {
  return entriesOf(folder).filter((name) => !name.startsWith(PARTIAL_MARK));
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(ENDING) && !name.startsWith("."));
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT" || systemErrorCode(error) === "ENOTDIR") return [];
    throw error;
  }
}

function nameOf(file: string): string {
  return file.slice(0, -ENDING.length);
}

function readTemplate(folder: string, file: string, canGrant: boolean): Template {
  const path = join(folder, file);
  const partialFiles = entriesOf(folder).filter((name) => name.startsWith(PARTIAL_MARK));
  const partials = Object.fromEntries(
    partialFiles.map((name) => [
      nameOf(name).slice(PARTIAL_MARK.length),
      readText(join(folder, name), file).trim(),
    ]),
  );
  const template = parseTemplateFile(readText(path, file), path, {
    name: nameOf(file),
    partials,
    canGrant,
  });
  if (template.name === nameOf(file)) return template;
  const why = `its head calls it \`${template.name}\`, which its file must be called too.`;
  throw new TemplateInvalidError(nameOf(file), why, { path });
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const why = `${path} cannot be read: ${describeSystemError(cause)}.`;
    throw new TemplateInvalidError(nameOf(file), why, { path, cause });
  }
}

function infoOf({ name, description, variables, path }: Template): TemplateInfo {
  return {
    name,
    description,
    variables: Object.entries(variables).map(([variable, schema]) => ({
      name: variable,
      type: typeOf(schema),
      isRequired: !isOptionalVariable(schema),
      ...(schema.description !== undefined && { description: schema.description }),
    })),
    source: path ?? "built-in",
  };
}

function typeOf(schema: z.ZodType): string {
  try {
    const json = z.toJSONSchema(schema, { io: "input" });
    if (json.enum) return json.enum.map((value) => JSON.stringify(value)).join(" or ");
    return typeof json.type === "string" ? json.type : "any";
  } catch {
    return "any";
  }
}
