import { parseSync } from "oxc-parser";
import { findDeepNesting } from "./find-deep-nesting.js";
import { type Declarations, readDeclarations } from "./read-declarations.js";
import type { SyntaxFault } from "./syntax-fault.js";
import { forEachChild, type SyntaxNode, someNode } from "./syntax-tree.js";

/** A cell, or a local module, as the parser sees it. */
export interface ParsedCell {
  readonly text: string;
  /** Whether it has JSX. */
  readonly tsx: boolean;
  readonly body: readonly SyntaxNode[];
  /** What it declares at its top level, by name; nothing when there are errors. */
  readonly declarations: Declarations;
  readonly errors: readonly SyntaxFault[];
  /** Whether it was not parsed at all, because it nests too deep for that; the only error says so. */
  readonly isTooDeep: boolean;
  /** The expression whose value the cell has: its last statement, if nothing but a comment stands behind it. */
  readonly result: SyntaxNode | undefined;
  /** Specifiers that it imports statically, or dynamically by a literal. */
  readonly imports: readonly string[];
  /** Specifiers of imports of nothing but types. */
  readonly typeImports: ReadonlySet<string>;
  /** Whether it has syntax that oxc does not lower: decorators, `accessor`, `using`, namespaces. */
  readonly needsEsbuild: boolean;
  /** Whether it declares something with `using`, which moves the cell into a `try` block. */
  readonly hasUsing: boolean;
  /** Whether what it says reaches beyond its names: `declare global`, `declare module "…"`, an import for its effects. */
  readonly isAmbient: boolean;
}

const RARE_WORDS = /@|\b(?:accessor|namespace|module|using)\b/;

/**
 * Parses a cell; as TSX only when it is no TypeScript without.
 *
 * @param jsx true for a file whose name says so.
 */
export function readCell(text: string, jsx = false): ParsedCell {
  const tooDeep = findDeepNesting(text);
  if (tooDeep) return unread(text, jsx, tooDeep);
  let tsx = jsx;
  let parsed = parse(text, tsx);
  if (parsed.errors.length > 0 && !jsx && text.includes("<")) {
    const again = parse(text, true);
    if (again.errors.length === 0) {
      parsed = again;
      tsx = true;
    }
  }
  const program = parsed.program as unknown as SyntaxNode;
  const body = program.body as readonly SyntaxNode[];
  const errors = parsed.errors.map(({ message, labels: [label] }) => ({
    message,
    start: label?.start ?? 0,
    end: label?.end ?? 0,
  }));
  const isRead = errors.length === 0;
  const mayBeRare = isRead && RARE_WORDS.test(text);
  return {
    text,
    tsx,
    body,
    errors,
    isTooDeep: false,
    declarations: isRead ? readDeclarations(text, body) : new Map(),
    result: isRead ? findResult(text, body) : undefined,
    imports: isRead ? findImports(body, text.includes("import(")) : [],
    typeImports: new Set(body.filter(isTypeImport).map((each) => each.source.value as string)),
    needsEsbuild: mayBeRare && someNode(program, isRare),
    hasUsing: mayBeRare && body.some(isUsing),
    isAmbient: isRead && body.some(isAmbientStatement),
  };
}

function unread(text: string, tsx: boolean, fault: SyntaxFault): ParsedCell {
  return {
    text,
    tsx,
    body: [],
    errors: [fault],
    isTooDeep: true,
    declarations: new Map(),
    result: undefined,
    imports: [],
    typeImports: new Set(),
    needsEsbuild: false,
    hasUsing: false,
    isAmbient: false,
  };
}

function parse(text: string, tsx: boolean) {
  return parseSync(tsx ? "cell.tsx" : "cell.ts", text, { lang: tsx ? "tsx" : "ts", sourceType: "module" });
}

const isUsing = (node: SyntaxNode): boolean =>
  node.type === "VariableDeclaration" && node.kind.includes("using");

const isRare = (node: SyntaxNode): boolean =>
  node.type === "Decorator" ||
  node.type === "AccessorProperty" ||
  (node.type === "TSModuleDeclaration" && !node.declare && node.kind !== "global") ||
  isUsing(node);

const isTypeImport = ({ type, importKind, specifiers = [] }: SyntaxNode): boolean =>
  type === "ImportDeclaration" &&
  (importKind === "type" ||
    (specifiers.length > 0 && specifiers.every((each: SyntaxNode) => each.importKind === "type")));

const isAmbientStatement = (node: SyntaxNode): boolean =>
  (node.type === "TSModuleDeclaration" && (node.kind === "global" || node.id.type === "Literal")) ||
  (node.type === "ImportDeclaration" && node.specifiers.length === 0);

function findResult(text: string, body: readonly SyntaxNode[]): SyntaxNode | undefined {
  const last = body.at(-1);
  const isExported =
    last?.type === "ExportDefaultDeclaration" && !/Function|Class|^TS/.test(last.declaration.type);
  if (!last || (last.type !== "ExpressionStatement" && !isExported)) return undefined;
  const isDiscarded =
    text.slice(last.start, last.end).trimEnd().endsWith(";") || /^\s*;/.test(text.slice(last.end));
  return isDiscarded ? undefined : (last.expression ?? last.declaration);
}

function findImports(body: readonly SyntaxNode[], hasDynamic: boolean): string[] {
  const found = new Set<string>();
  for (const node of body) {
    if (typeof node.source?.value === "string") found.add(node.source.value);
  }
  const visit = (node: SyntaxNode): void => {
    if (node.type === "ImportExpression" && typeof node.source.value === "string") {
      found.add(node.source.value);
    }
    forEachChild(node, visit);
  };
  if (hasDynamic) body.forEach(visit);
  return [...found];
}
