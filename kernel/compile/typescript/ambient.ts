import type { ParsedCell } from "./read-cell.js";
import { boundNames, type SyntaxNode } from "./syntax-tree.js";

/** What a cell declares beyond its own names: `declare global { … }`, `declare module "…" { … }`. */
export interface AmbientPart {
  /** What it declares, as `module:name` or `module:name.member`. */
  readonly keys: ReadonlySet<string>;
  /** Where its statements stand in the cell. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

export function readAmbient({ body, isAmbient }: ParsedCell): AmbientPart | undefined {
  const found = isAmbient ? body.filter((each) => each.type === "TSModuleDeclaration") : [];
  if (found.length === 0) return undefined;
  const keys = found.flatMap((node) =>
    (node.body?.body ?? []).flatMap((statement: SyntaxNode) =>
      keysOf(statement).map((key) => `${node.id.value ?? node.id.name}:${key}`),
    ),
  );
  return { keys: new Set(keys), ranges: found.map(({ start, end }) => ({ start, end })) };
}

/** Interfaces and namespaces merge, so that their members count; other declarations as a whole. */
function keysOf(statement: SyntaxNode): string[] {
  const node: SyntaxNode = statement.declaration ?? statement;
  const name = node.id?.name as string | undefined;
  if (node.type === "TSInterfaceDeclaration") {
    return node.body.body.map(
      ({ key }: SyntaxNode) => `${name}.${key ? (key.name ?? key.value) : "[index]"}`,
    );
  }
  if (node.type === "TSModuleDeclaration") {
    return (node.body?.body ?? []).flatMap(keysOf).map((each: string) => `${name}.${each}`);
  }
  if (node.type === "VariableDeclaration") {
    return node.declarations.flatMap((each: SyntaxNode) => boundNames(each.id).map((id) => id.name));
  }
  return name === undefined ? [] : [name];
}

/** A text with its ambient statements blanked, each character at its place. */
export function withoutAmbient(text: string, start: number, { ranges }: AmbientPart): string {
  let blanked = text;
  for (const range of ranges) {
    const [from, to] = [start + range.start, start + range.end];
    blanked = blanked.slice(0, from) + text.slice(from, to).replace(/\S/g, " ") + blanked.slice(to);
  }
  return blanked;
}
