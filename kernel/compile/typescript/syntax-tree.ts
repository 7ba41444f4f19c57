/**
 * A node of oxc's tree (ESTree with TypeScript's nodes). Loosely typed on purpose: the walks here look at a dozen of its
 * two hundred kinds and pass over the rest.
 */
export interface SyntaxNode {
  readonly type: string;
  /** Offsets in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  // biome-ignore lint/suspicious/noExplicitAny: the fields of a node depend on its kind
  readonly [field: string]: any;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof (value as { type?: unknown } | null)?.type === "string";
}

/** Calls `visit` for each node that stands directly in this one, in the order of the fields. */
export function forEachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  for (const field in node) {
    const value: unknown = node[field];
    if (Array.isArray(value)) {
      for (const each of value) if (isNode(each)) visit(each);
    } else if (isNode(value)) visit(value);
  }
}

/** Whether a node of the tree satisfies the test. */
export function someNode(root: SyntaxNode, matches: (node: SyntaxNode) => boolean): boolean {
  if (matches(root)) return true;
  let found = false;
  forEachChild(root, (child) => {
    found ||= someNode(child, matches);
  });
  return found;
}

type PatternRow = (pattern: SyntaxNode) => (SyntaxNode | null)[];

const patternParts: Readonly<Record<string, PatternRow>> = {
  ObjectPattern: ({ properties }) =>
    properties.map((each: SyntaxNode) => (each.type === "RestElement" ? each.argument : each.value)),
  ArrayPattern: ({ elements }) => elements,
  AssignmentPattern: ({ left }) => [left],
  RestElement: ({ argument }) => [argument],
  TSParameterProperty: ({ parameter }) => [parameter],
};

/** The identifiers that a declaration's pattern binds: `a` and `b` of `{ x: a, ...b }`. */
export function boundNames(pattern: SyntaxNode | null | undefined): SyntaxNode[] {
  if (!pattern) return [];
  if (pattern.type === "Identifier") return [pattern];
  return (patternParts[pattern.type]?.(pattern) ?? []).flatMap(boundNames);
}

/** Nodes with variables of their own: a `var` in them is none of the statement's around them. */
const ownVariables = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ClassDeclaration",
  "ClassExpression",
  "StaticBlock",
  "TSModuleDeclaration",
  "TSDeclareFunction",
]);

/** The identifiers that `var` declares anywhere in these statements: they belong to the function around them. */
export function hoistedNames(statements: readonly SyntaxNode[]): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (node: SyntaxNode): void => {
    if (ownVariables.has(node.type)) return;
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      for (const each of node.declarations) found.push(...boundNames(each.id));
    }
    forEachChild(node, visit);
  };
  for (const each of statements) visit(each);
  return found;
}

/** What an export declares: the declaration itself; undefined for one that declares nothing. */
export function withoutExport(statement: SyntaxNode): SyntaxNode | undefined {
  const isExport = /^Export(Named|Default)Declaration$/.test(statement.type);
  return isExport ? (statement.declaration ?? undefined) : statement;
}

/** Names that a statement declares in the block it stands in. */
export function lexicalNames(statement: SyntaxNode): string[] {
  const node = withoutExport(statement);
  if (node?.type === "VariableDeclaration" && node.kind !== "var") {
    return node.declarations.flatMap((each: SyntaxNode) => boundNames(each.id).map((id) => id.name));
  }
  const isNamed = node?.type === "ClassDeclaration" || node?.type === "FunctionDeclaration";
  return isNamed && node.id ? [node.id.name] : [];
}
