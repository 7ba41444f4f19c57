import type { TemplateNode } from "./parse-template.js";

/** What a text is drawn with. */
export interface RenderContext {
  readonly values: Readonly<Record<string, unknown>>;
  readonly partials: Readonly<Record<string, readonly TemplateNode[]>>;
  /** The item of the list that is being drawn, and those around it, the innermost first. */
  readonly items?: readonly unknown[] | undefined;
}

/** Draws a template. What has no value is left out; values are never read as templates. */
export function renderNodes(nodes: readonly TemplateNode[], context: RenderContext): string {
  return nodes.map((node) => renderNode(node, context)).join("");
}

function renderNode(node: TemplateNode, context: RenderContext): string {
  if (node.type === "text") return node.text;
  if (node.type === "partial") return renderNodes(context.partials[node.name] ?? [], context);
  const value = lookUp(node.name, context);
  if (node.type === "variable") return showValue(value);
  if (node.isInverted) return isNothing(value) ? renderNodes(node.nodes, context) : "";
  if (isNothing(value)) return "";
  if (!Array.isArray(value)) return renderNodes(node.nodes, within(context, value));
  return value.map((item) => renderNodes(node.nodes, within(context, item))).join("");
}

function within(context: RenderContext, item: unknown): RenderContext {
  return { ...context, items: [item, ...(context.items ?? [])] };
}

/** In the items of lists first, the innermost before the others, then in the values; own fields alone. */
function lookUp(name: string, { items = [], values }: RenderContext): unknown {
  if (name === ".") return items[0];
  const [first = "", ...rest] = name.split(".");
  const holder = [...items, values].find((each) => hasField(each, first));
  return [first, ...rest].reduce<unknown>((value, field) => fieldOf(value, field), holder);
}

function fieldOf(value: unknown, field: string): unknown {
  return hasField(value, field) ? value[field] : undefined;
}

function hasField(value: unknown, field: string): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.hasOwn(value, field);
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === false ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** A value as a prompt has it: text as it is, a list of texts as lines, all else as JSON. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  if (value instanceof Date) return value.toISOString();
  const isLines = Array.isArray(value) && value.every((item) => typeof item === "string");
  return isLines ? value.join("\n") : JSON.stringify(value, undefined, 2);
}
