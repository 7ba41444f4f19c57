/** A piece of a template's text. */
export type TemplateNode =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "variable"; readonly name: string; readonly line: number }
  | { readonly type: "partial"; readonly name: string; readonly line: number }
  | {
      readonly type: "section";
      readonly name: string;
      /** `{{^name}}`: drawn when there is nothing. */
      readonly isInverted: boolean;
      readonly line: number;
      readonly nodes: readonly TemplateNode[];
    };

/** A text that is no template; `line` is counted from 1. */
export class TemplateSyntaxError extends Error {
  override readonly name = "TemplateSyntaxError";
  readonly line: number;

  constructor(line: number, why: string) {
    super(`line ${line}: ${why}`);
    this.line = line;
  }
}

type Section = { name: string; isInverted: boolean; line: number; nodes: TemplateNode[] };

const TAG = /\{\{([#^/>!]?)([^{}]*)\}\}/g;
const NAME = /^(\.|[A-Za-z_][\w-]*(\.[\w-]+)*)$/;

/**
 * Reads a template in the syntax of Mustache, as far as prompts need it: `{{name}}`, `{{a.b}}`, `{{#name}}…{{/name}}` (for
 * what is there, and for each of a list, with `{{.}}` for the item), `{{^name}}…{{/name}}`, `{{> partial}}`, `{{! comment }}`.
 * Nothing is escaped: a prompt is no HTML. A line that holds only a tag of a section or a comment goes with it.
 *
 * @throws TemplateSyntaxError
 * @see https://mustache.github.io/mustache.5.html
 */
export function parseTemplate(source: string): readonly TemplateNode[] {
  const root: Section = { name: "", isInverted: false, line: 1, nodes: [] };
  const open: Section[] = [root];
  let at = 0;
  for (const match of source.matchAll(TAG)) {
    const [tag, sigil = "", inside = ""] = match;
    const name = inside.trim();
    const line = source.slice(0, match.index).split("\n").length;
    const { before, after } =
      sigil === "" || sigil === ">"
        ? { before: match.index, after: match.index + tag.length }
        : alone(source, match.index, tag);
    addText(open.at(-1)!, source.slice(at, Math.max(at, before)));
    at = after;
    if (sigil !== "!" && !NAME.test(name)) throw new TemplateSyntaxError(line, `\`${tag}\` names nothing`);
    const { nodes } = open.at(-1)!;
    if (sigil === "") nodes.push({ type: "variable", name, line });
    else if (sigil === ">") nodes.push({ type: "partial", name, line });
    else if (sigil === "#" || sigil === "^") open.push({ name, isInverted: sigil === "^", line, nodes: [] });
    else if (sigil === "/") close(open, name, line);
  }
  addText(open.at(-1)!, source.slice(at));
  const unclosed = open.length > 1 ? open.at(-1)! : undefined;
  if (unclosed) throw new TemplateSyntaxError(unclosed.line, `\`{{#${unclosed.name}}}\` is never closed`);
  return root.nodes;
}

function close(open: Section[], name: string, line: number): void {
  const section = open.length > 1 ? open.pop()! : undefined;
  if (!section) throw new TemplateSyntaxError(line, `\`{{/${name}}}\` closes nothing`);
  if (section.name !== name)
    throw new TemplateSyntaxError(line, `\`{{/${name}}}\` stands where \`{{/${section.name}}}\` should`);
  open.at(-1)!.nodes.push({ type: "section", ...section });
}

function addText({ nodes }: Section, text: string): void {
  if (text !== "") nodes.push({ type: "text", text });
}

/** The whole line when a tag stands alone in it, else the tag. */
function alone(source: string, index: number, tag: string): { before: number; after: number } {
  const start = source.lastIndexOf("\n", index - 1) + 1;
  const lineEnd = source.indexOf("\n", index + tag.length);
  const end = lineEnd === -1 ? source.length : lineEnd + 1;
  const rest = source.slice(start, index) + source.slice(index + tag.length, end);
  return rest.trim() === "" ? { before: start, after: end } : { before: index, after: index + tag.length };
}

/** The names that a text asks values for, without those of partials. */
export function namesIn(nodes: readonly TemplateNode[]): { readonly name: string; readonly line: number }[] {
  return nodes.flatMap((node) => {
    if (node.type === "variable") return node.name === "." ? [] : [{ name: node.name, line: node.line }];
    if (node.type === "section") return [{ name: node.name, line: node.line }, ...namesIn(node.nodes)];
    return [];
  });
}

/** The partials that a text takes in. */
export function partialsIn(
  nodes: readonly TemplateNode[],
): { readonly name: string; readonly line: number }[] {
  return nodes.flatMap((node) => {
    if (node.type === "partial") return [{ name: node.name, line: node.line }];
    return node.type === "section" ? partialsIn(node.nodes) : [];
  });
}
