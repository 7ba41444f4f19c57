import type { z } from "zod";
import { nearestName } from "../options/nearest-name.js";
import { partialsIn, type TemplateNode } from "./parse-template.js";

type Nodes = readonly TemplateNode[];

/** What is wrong with the text of a template, or undefined: names that are not declared, partials that are not there or take in themselves. */
export function checkTemplateText(
  nodes: Nodes,
  partials: Readonly<Record<string, Nodes>>,
  variables: Readonly<Record<string, z.ZodType>>,
): string | undefined {
  const partial = missingPartial(nodes, partials) ?? circle(nodes, partials, []);
  if (partial) return partial;
  for (const text of [nodes, ...Object.values(partials)]) {
    const stray = undeclared(text, variables);
    if (!stray) continue;
    const nearest = nearestName(stray.name, Object.keys(variables));
    const advice = nearest ? ` Did you mean \`${nearest}\`?` : "";
    return `its text asks for \`{{${stray.name}}}\` in line ${stray.line}, which is no variable of it.${advice}`;
  }
  return undefined;
}

function missingPartial(nodes: Nodes, partials: Readonly<Record<string, Nodes>>): string | undefined {
  const all = [nodes, ...Object.values(partials)].flatMap(partialsIn);
  const missing = all.find(({ name }) => !Object.hasOwn(partials, name));
  return missing && `there is no partial \`${missing.name}\`, which line ${missing.line} takes in.`;
}

function circle(
  nodes: Nodes,
  partials: Readonly<Record<string, Nodes>>,
  path: readonly string[],
): string | undefined {
  for (const { name } of partialsIn(nodes)) {
    if (path.includes(name))
      return `the partial \`${name}\` takes in itself (${[...path, name].join(" → ")}).`;
    const found = circle(partials[name]!, partials, [...path, name]);
    if (found) return found;
  }
  return undefined;
}

/** The first name that is declared nowhere. In a section of a list or an object, names may be fields of that. */
function undeclared(
  nodes: Nodes,
  variables: Readonly<Record<string, z.ZodType>>,
): { readonly name: string; readonly line: number } | undefined {
  for (const node of nodes) {
    if (node.type === "text" || node.type === "partial") continue;
    const name = node.name.split(".")[0]!;
    if (name !== "" && node.name !== "." && !Object.hasOwn(variables, name)) return node;
    if (node.type !== "section" || hasFields(variables[name])) continue;
    const found = undeclared(node.nodes, variables);
    if (found) return found;
  }
  return undefined;
}

/** Kinds of zod schemas whose values may have fields, or items with fields. */
const FIELD_KINDS: readonly string[] = ["array", "object", "record", "any", "unknown", "union", "custom"];

function hasFields(schema: z.ZodType | undefined): boolean {
  let inner = schema as { def?: { type?: string; innerType?: unknown } } | undefined;
  while (inner?.def?.innerType) inner = inner.def.innerType as typeof inner;
  return FIELD_KINDS.includes(inner?.def?.type ?? "");
}
