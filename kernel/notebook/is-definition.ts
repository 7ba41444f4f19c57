import { readCell } from "../compile/typescript/read-cell.js";
import { type SyntaxNode, withoutExport } from "../compile/typescript/syntax-tree.js";
import type { CodeCell } from "./notebook.js";

/** Cells with these tags run however late a run starts. */
const ALWAYS_TAGS: readonly string[] = ["setup", "parameters", "injected-parameters"];

/**
 * Whether a cell only says what names mean: imports, types, functions, classes, and variables with constant values. A
 * run that starts later takes it along, as it costs nothing and does nothing.
 */
export function isDefinition({ source, metadata }: CodeCell): boolean {
  if (metadata.tags?.some((tag) => ALWAYS_TAGS.includes(tag))) return true;
  const { body, errors } = readCell(source);
  return errors.length === 0 && body.every((statement) => isDefining(withoutExport(statement) ?? statement));
}

const DEFINING: ReadonlySet<string> = new Set([
  "ImportDeclaration",
  "TSImportEqualsDeclaration",
  "FunctionDeclaration",
  "TSDeclareFunction",
  "ClassDeclaration",
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSEnumDeclaration",
]);

function isDefining(node: SyntaxNode): boolean {
  if (node.type !== "VariableDeclaration") return DEFINING.has(node.type);
  return node.declarations.every(({ init }: SyntaxNode) => init === null || isConstant(init));
}

/** Rows that tell whether an expression has the same value whenever it is evaluated, and does nothing else. */
const constants: Readonly<Record<string, (node: SyntaxNode) => boolean>> = {
  Literal: () => true,
  ArrowFunctionExpression: () => true,
  FunctionExpression: () => true,
  TemplateLiteral: ({ expressions }) => expressions.every(isConstant),
  UnaryExpression: ({ operator, argument }) => operator !== "delete" && isConstant(argument),
  ParenthesizedExpression: ({ expression }) => isConstant(expression),
  TSAsExpression: ({ expression }) => isConstant(expression),
  TSSatisfiesExpression: ({ expression }) => isConstant(expression),
  ArrayExpression: ({ elements }) =>
    elements.every((each: SyntaxNode | null) => each === null || isConstant(each)),
  ObjectExpression: ({ properties }) =>
    properties.every(
      (each: SyntaxNode) => each.type === "Property" && !each.computed && isConstant(each.value),
    ),
};

function isConstant(node: SyntaxNode): boolean {
  const row = Object.hasOwn(constants, node.type) ? constants[node.type] : undefined;
  return row?.(node) ?? false;
}
