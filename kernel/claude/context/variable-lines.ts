import { redactSecrets } from "../../../src/redact/redact-secrets.js";
import { describeIn, type ToolSite } from "../tools/tool-site.js";
import { shapeOf } from "../values/shape-of.js";

/** Longest type, and longest sample of a value, in characters. */
const MAX_TYPE_CHARS = 160;
const MAX_SAMPLE_CHARS = 240;

/** What is told of a variable, in one line: name, type, shape, and the beginning of its value if samples are wanted. */
export async function variableLine(name: string, site: ToolSite, samples: boolean): Promise<string> {
  const value = site.notebook.read(name)?.value;
  const type = (await site.notebook.describeType(name)) ?? name;
  const shape = shapeOf(value);
  const sample = samples ? describeIn(site, value, { depth: 2, entries: 5, totalChars: 400 }) : "";
  const facts = [cut(type, MAX_TYPE_CHARS), shape, cut(sample, MAX_SAMPLE_CHARS)];
  return redactSecrets(`- ${name}: ${facts.filter(Boolean).join(" — ")}`);
}

/** The lines of variables in a context, by name: the other way round. */
export function variablesIn(context: string): ReadonlyMap<string, string> {
  // An error's text may hold such lines too.
  const [variables = ""] = context.split("\nLast error, in cell [", 1);
  const lines = [...variables.matchAll(/^- ([\p{ID_Start}$_][\p{ID_Continue}$]*): .*$/gmu)];
  return new Map(lines.map((match) => [match[1]!, match[0]]));
}

function cut(text: string, maxChars: number): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > maxChars ? `${line.slice(0, maxChars)}…` : line;
}
