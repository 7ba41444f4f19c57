import { inspect } from "node:util";
import { z } from "zod";
import type { QueryOptions } from "../options/types.js";
import type { AllowedFolders } from "./allowed-folders.js";
import { modeUnder } from "./permission-ceiling.js";
import { ServerError } from "./server-error.js";
import type { ClaudeWebSocketServerOptions } from "./server-options.js";

/** Characters of a system prompt. */
const MAX_SYSTEM_PROMPT = 100_000;

/** Tools and rules in one list. */
const MAX_TOOLS = 200;

const word = z.string().min(1).max(200);
/** A tool, or a rule about one. Without commas and brackets inside: the CLI takes a list of rules as one text. */
const rule = z
  .string()
  .regex(
    /^[\w:*.-]{1,100}(\([^(),\r\n]{1,500}\))?$/,
    "must be tools such as Read or rules such as Bash(git *)",
  );
const toolList = z.array(rule).max(MAX_TOOLS);

/** All that a client may say of its query; by both names. Whatever is not in here is refused. */
const allowlist = {
  model: word.regex(/^[\w.:[\]/@-]+$/, "must be a model's name"),
  systemPrompt: z.string().max(MAX_SYSTEM_PROMPT),
  maxTurns: z.int().positive().max(1_000),
  allowedTools: toolList,
  disallowedTools: toolList,
  permissionMode: word,
  resume: word,
  cwd: z.string().min(1).max(4_096),
  /** Whether the answer comes while it is written, too. */
  stream: z.boolean(),
} as const;

type OptionName = keyof typeof allowlist;
type ClientOptions = { readonly [Name in OptionName]?: z.output<(typeof allowlist)[Name]> };

const synonyms: Readonly<Record<string, OptionName>> = {
  system_prompt: "systemPrompt",
  max_turns: "maxTurns",
  allowed_tools: "allowedTools",
  disallowed_tools: "disallowedTools",
  permission_mode: "permissionMode",
  resume_session_id: "resume",
};

/** What the server has decided about its queries. */
export interface OptionRules {
  readonly server: ClaudeWebSocketServerOptions;
  readonly folders: AllowedFolders;
  /** Names of all tools that exist for clients. */
  readonly tools: readonly string[];
  /** Tools and rules that a client may have run unasked. */
  readonly allowedTools: readonly string[];
}

/**
 * The options of a query from what a client says of it.
 *
 * @param given the client's `options`, as parsed from JSON.
 * @throws ServerError `option_refused`, naming the option, for one that is not in the allowlist, has a wrong value, or
 * asks for more than the server allows.
 */
export function clientQueryOptions(given: unknown, rules: OptionRules): QueryOptions {
  const asked = readOptions(given);
  const base = rules.server.queryOptions ?? {};
  const allowedTools = within("allowedTools", asked.allowedTools ?? [], rules.allowedTools);
  const disallowedTools = within("disallowedTools", asked.disallowedTools ?? [], rules.tools);
  const maxTurns = Math.min(asked.maxTurns ?? Infinity, base.maxTurns ?? Infinity);
  return {
    ...base,
    ...(asked.model !== undefined && { model: asked.model }),
    ...(asked.systemPrompt !== undefined && { systemPrompt: asked.systemPrompt }),
    ...(maxTurns < Infinity && { maxTurns }),
    ...(asked.resume !== undefined && { resume: asked.resume }),
    allowedTools: [...(base.allowedTools ?? []), ...allowedTools],
    disallowedTools: [...(base.disallowedTools ?? []), ...disallowedTools],
    permissionMode: modeUnder(rules.server.permissionMode ?? "default", asked.permissionMode),
    cwd: rules.folders.resolveCwd(asked.cwd),
    includePartialMessages: asked.stream ?? false,
  };
}

function readOptions(given: unknown): ClientOptions {
  if (given === undefined) return {};
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new ServerError("bad_message", `\`options\` must be an object, not ${show(given)}.`);
  }
  const options: Record<string, unknown> = Object.create(null);
  // Object.keys also names an own `__proto__`, which JSON.parse makes and a plain assignment would take for more.
  for (const name of Object.keys(given)) {
    const value = (given as Record<string, unknown>)[name];
    const own = Object.hasOwn(synonyms, name) ? synonyms[name]! : (name as OptionName);
    if (!Object.hasOwn(allowlist, own)) throw notAllowed(name);
    if (own in options) throw refusal(name, `The option \`${own}\` is given twice.`);
    if (value === null || value === undefined) continue;
    const checked = allowlist[own].safeParse(value);
    if (!checked.success) {
      const problem = checked.error.issues[0]!.message;
      throw refusal(name, `The option \`${name}\` cannot be ${show(value)}: ${problem}.`);
    }
    options[own] = checked.data;
  }
  return options as ClientOptions;
}

function notAllowed(name: string): ServerError {
  const message = `The option ${JSON.stringify(name)} cannot be set by clients of this server.`;
  return refusal(name, message, [`Clients may set: prompt, ${Object.keys(allowlist).join(", ")}.`]);
}

function refusal(option: string, message: string, hints?: readonly string[]): ServerError {
  return new ServerError("option_refused", message, { facts: { option }, ...(hints && { hints }) });
}

/** A rule such as `Bash(git *)` is inside when it stands in the set itself, or when its whole tool does. */
function within(option: OptionName, asked: readonly string[], set: readonly string[]): readonly string[] {
  const outside = asked.find((each) => !set.includes(each) && !set.includes(each.split("(", 1)[0]!));
  if (outside === undefined) return asked;
  const message = `The option \`${option}\` cannot have ${JSON.stringify(outside)}: it is not one of this server's.`;
  throw refusal(option, message, [`There are: ${set.join(", ") || "none"}.`]);
}

function show(value: unknown): string {
  const text = inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 80 });
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
