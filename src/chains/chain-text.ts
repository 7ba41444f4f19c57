import { parseTemplate, partialsIn, type TemplateNode } from "../templates/parse-template.js";
import { renderNodes } from "../templates/render-nodes.js";
import type { ChainContext } from "./chain-context.js";

/** A text that takes in inputs and outputs of steps by name. */
export interface ChainText {
  readonly nodes: readonly TemplateNode[];
  /** What it must find in the context. */
  readonly names: readonly string[];
  /** What stands inside a section: it may be a field of what the section is about. */
  readonly innerNames: readonly string[];
}

/** @throws an error that says why the text is not well formed. */
export function parseChainText(text: string): ChainText {
  const nodes = parseTemplate(text);
  const partial = partialsIn(nodes)[0];
  if (partial)
    throw new Error(`line ${partial.line}: only templates have partials (\`{{> ${partial.name}}}\`)`);
  const inner = nodes.flatMap((node) => (node.type === "section" ? allNames(node.nodes) : []));
  const outer = nodes.flatMap((node) => (node.type === "text" || node.type === "partial" ? [] : [node.name]));
  return { nodes, names: firstParts(outer), innerNames: firstParts(inner) };
}

/** What is not there (a step that was skipped) is left out. */
export function renderChainText({ nodes }: ChainText, context: ChainContext): string {
  return renderNodes(nodes, { values: context, partials: {} }).trim();
}

function allNames(nodes: readonly TemplateNode[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === "section") return [node.name, ...allNames(node.nodes)];
    return node.type === "variable" ? [node.name] : [];
  });
}

/** `{{review.ok}}` asks for `review`. */
function firstParts(names: readonly string[]): string[] {
  return [...new Set(names.filter((name) => name !== ".").map((name) => name.split(".")[0]!))];
}
