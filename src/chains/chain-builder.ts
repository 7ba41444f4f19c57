import { inspect } from "node:util";
import type { z } from "zod";
import { normaliseOptions } from "../options/normalise-options.js";
import type { ClaudeOptions, QueryOptions } from "../options/types.js";
import { outputJsonSchema } from "../output/output-schema.js";
import type { RetryOptions } from "../retry/retry-options.js";
import type { Template, TemplateVariables } from "../templates/template.js";
import { TemplateManager } from "../templates/template-manager.js";
import { type Chain, type ChainSpec, makeChain } from "./chain.js";
import { ChainInvalidError } from "./chain-errors.js";
import type { ChainNode, LoopNode, PromptSource, TemplateValue } from "./chain-node.js";
import { type ChainText, parseChainText } from "./chain-text.js";

/** What every kind of step can be given. */
export interface StepBase<Context> {
  /** For people. @defaultValue the step's name */
  readonly title?: string | undefined;
  /** Steps that must be over before; `[]` for none. @defaultValue the one before it; in `parallel` none */
  readonly needs?: readonly string[] | undefined;
  /** The step is skipped, with what is inside it, when this says no. */
  readonly when?: ((context: Context) => boolean | Promise<boolean>) | undefined;
}

/** What a step asks Claude: exactly one of `prompt` and `template`. */
export interface StepOptions<Context, Output extends z.ZodType> extends StepBase<Context> {
  /** Text with `{{input}}` and `{{step}}`, in the syntax of templates; or what makes it. */
  readonly prompt?: string | ((context: Context) => string | Promise<string>) | undefined;
  /** A template, or the name of one. */
  readonly template?: string | AnyTemplate | undefined;
  /**
   * Values for the template: text as in `prompt`, what makes a value, or any other value. A variable that is not named is taken
   * from the input of its name.
   */
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** The form of the answer; without it the answer is text. */
  readonly output?: Output | undefined;
  readonly options?: QueryOptions | undefined;
  /**
   * How often, and after which pauses, the step is tried again when it fails; `true` for three times.
   * @defaultValue false
   */
  readonly retries?: boolean | number | RetryOptions | undefined;
  /** A step in whose session this one is asked: Claude knows what was said there. */
  readonly continues?: string | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: a template with whatever variables
type AnyTemplate = Template<any>;

export interface LoopOptions<Context> extends StepBase<Context> {
  /** Whether it is enough; asked after each round, which are counted from 1. */
  readonly until: (context: Context, round: number) => boolean | Promise<boolean>;
  /** Most rounds, from 1. */
  readonly maxRounds: number;
  /** What happens when that many were not enough. @defaultValue "fail" */
  readonly atLimit?: "fail" | "goOn" | undefined;
}

type WithOutput<Context, Id extends string, Value> = Context & { readonly [Name in Id]: Value };
type Work<Context, Value> = (
  context: Context,
  tools: { readonly signal: AbortSignal },
) => Value | Promise<Value>;

/** Puts steps one after the other. Each method adds a step; the type of the context grows with the outputs. */
export class ChainBuilder<Context, Overrides> {
  readonly #spec: ChainSpec;
  readonly #templates: TemplateManager;
  readonly #nodes: ChainNode[] = [];

  /** @internal Use {@link createChain}. */
  constructor(spec: ChainSpec, templates: TemplateManager) {
    this.#spec = spec;
    this.#templates = templates;
  }

  /** A step that asks Claude. @throws ChainInvalidError for what it cannot ask. */
  step<Id extends string, Output extends z.ZodType = z.ZodString>(
    id: Id,
    options: StepOptions<Context, Output>,
  ): ChainBuilder<WithOutput<Context, Id, z.output<Output>>, Overrides> {
    const { output, retries, continues } = options;
    const query = this.#optionsOf(id, options as StepOptions<unknown, z.ZodType>);
    const prompt = this.#promptOf(id, options as StepOptions<unknown, z.ZodType>);
    return this.#add({
      ...base(id, options),
      type: "ask",
      prompt,
      output,
      options: query,
      retries,
      continues,
    });
  }

  /** A step that runs code of yours: to read a file, to run tests, to change a form. Its output should be JSON. */
  run<Id extends string, Value>(
    id: Id,
    work: Work<Context, Value>,
    options: StepBase<Context> & Pick<StepOptions<Context, z.ZodType>, "retries"> = {},
  ): ChainBuilder<WithOutput<Context, Id, Value>, Overrides> {
    const { retries } = options;
    return this.#add({ ...base(id, options), type: "run", work: work as never, retries });
  }

  /** Steps that run at once. */
  parallel<Inner extends Context>(
    id: string,
    build: (group: ChainBuilder<Context, Overrides>) => ChainBuilder<Inner, Overrides>,
    options: StepBase<Context> = {},
  ): ChainBuilder<Inner, Overrides> {
    return this.#add({ ...base(id, options), type: "parallel", nodes: this.#inside(build) });
  }

  /** One of several ways on, by name. Outputs of the ways that are not taken are undefined. */
  branch<Id extends string, Ways extends Readonly<Record<string, BuildWay<Context, Overrides>>>>(
    id: Id,
    choose: (context: Context) => (keyof Ways & string) | Promise<keyof Ways & string>,
    ways: Ways,
    options: StepBase<Context> = {},
  ): ChainBuilder<WithOutput<Context, Id, keyof Ways & string> & OutputsOfWays<Ways>, Overrides> {
    const branches = Object.fromEntries(
      Object.entries(ways).map(([name, build]) => [name, this.#inside(build as never)]),
    );
    return this.#add({ ...base(id, options), type: "branch", choose: choose as never, branches });
  }

  /** Steps that are done again until it is enough, at most so many times. Its output is the number of rounds. */
  loop<Id extends string, Inner extends Context>(
    id: Id,
    build: (body: ChainBuilder<Context, Overrides>) => ChainBuilder<Inner, Overrides>,
    options: LoopOptions<Inner>,
  ): ChainBuilder<WithOutput<Inner, Id, number>, Overrides> {
    const { until, maxRounds, atLimit = "fail" } = options;
    const node = {
      ...base(id, options),
      type: "loop",
      maxRounds,
      atLimit,
      nodes: this.#inside(build),
    } as const;
    return this.#add({ ...node, until: until as LoopNode["until"] });
  }

  /**
   * The chain, checked: every name that a step asks for is there, every variable has a value, nothing waits for itself.
   *
   * @throws ChainInvalidError, which names the step.
   */
  build(): Chain<Context, Overrides> {
    return makeChain(this.#spec, this.#nodes);
  }

  #inside(build: (inner: ChainBuilder<Context, Overrides>) => unknown): readonly ChainNode[] {
    const inner = new ChainBuilder<Context, Overrides>(this.#spec, this.#templates);
    build(inner);
    return inner.#nodes;
  }

  #add(node: ChainNode): never {
    this.#nodes.push(node);
    // The type of the context has grown; what holds it is the same.
    return this as never;
  }

  /** The options by their own names. @throws ChainInvalidError for what a query would refuse. */
  #optionsOf(id: string, { options, output, retries }: StepOptions<unknown, z.ZodType>): ClaudeOptions {
    try {
      normaliseOptions({ ...(output && { outputSchema: output }), retry: retries });
      if (output) outputJsonSchema(output);
      return normaliseOptions(options);
    } catch (cause) {
      throw new ChainInvalidError(this.#spec.name, id, `cannot be asked so: ${messageOf(cause)}`, { cause });
    }
  }

  #promptOf(id: string, { prompt, template, variables }: StepOptions<unknown, z.ZodType>): PromptSource {
    const fail = (why: string, cause?: unknown): ChainInvalidError =>
      new ChainInvalidError(this.#spec.name, id, why, { cause });
    if ((prompt === undefined) === (template === undefined))
      throw fail("must have either a `prompt` or a `template`.");
    const text = (source: string, where: string): ChainText => {
      try {
        return parseChainText(source);
      } catch (cause) {
        throw fail(`has a text that is not well formed (${where}): ${messageOf(cause)}`, cause);
      }
    };
    if (typeof prompt === "function") return { type: "function", make: prompt as never };
    if (prompt !== undefined) {
      if (typeof prompt !== "string" || prompt.trim() === "") throw fail(`cannot ask ${inspect(prompt)}.`);
      if (variables)
        throw fail("has `variables` without a `template`; its prompt takes inputs and outputs by name.");
      return { type: "text", text: text(prompt, "its prompt") };
    }
    const found = typeof template === "string" ? this.#find(template, fail) : template!;
    const values = Object.entries(variables ?? {}).map(([name, value]): [string, TemplateValue] => {
      if (typeof value === "function") return [name, { type: "function", make: value as never }];
      if (typeof value !== "string") return [name, { type: "value", value }];
      return [name, { type: "text", text: text(value, `the variable \`${name}\``) }];
    });
    return { type: "template", template: found, values: Object.fromEntries(values) };
  }

  #find(name: string, fail: (why: string, cause: unknown) => ChainInvalidError): AnyTemplate {
    try {
      return this.#templates.getTemplate(name);
    } catch (cause) {
      throw fail(`asks by a template that cannot be used: ${messageOf(cause)}`, cause);
    }
  }
}

type BuildWay<Context, Overrides> = (
  way: ChainBuilder<Context, Overrides>,
) => ChainBuilder<never, Overrides> | ChainBuilder<Context, Overrides>;

/** What each way adds to the context, if it is taken. */
type OutputsOfWays<Ways> = Intersection<
  {
    [Way in keyof Ways]: Ways[Way] extends (way: never) => ChainBuilder<infer Outputs, infer _>
      ? Partial<Outputs>
      : unknown;
  }[keyof Ways]
>;

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  member: infer All,
) => void
  ? All
  : never;

/** The inputs of a chain, as what runs it gives them. */
export type ChainInputs<Inputs extends TemplateVariables> = z.input<z.ZodObject<Inputs>>;

/**
 * Begins a chain.
 *
 * @param spec `templates` finds the templates that steps name.
 * @example
 *     const chain = createChain({ name: "notes", inputs: { topic: z.string() } })
 *       .step("points", { prompt: "Three points on {{topic}}", output: z.array(z.string()) })
 *       .step("text", { prompt: "Write a paragraph on these points:\n{{points}}" })
 *       .build();
 */
export function createChain<const Inputs extends TemplateVariables = Readonly<Record<never, z.ZodType>>>(
  spec: ChainSpec<Inputs> & { readonly templates?: TemplateManager | undefined },
): ChainBuilder<z.output<z.ZodObject<Inputs>>, ChainInputs<Inputs> & Readonly<Record<string, unknown>>> {
  const { templates = new TemplateManager(), ...rest } = spec;
  return new ChainBuilder(rest as ChainSpec, templates);
}

function base(id: string, { title = id, needs, when }: StepBase<never>) {
  return { id, title, needs, when: when as ChainNode["when"] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
