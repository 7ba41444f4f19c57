import type { SyntaxNode } from "../../compile/typescript/syntax-tree.js";
import { ANY, type ParameterType } from "./parameter-type.js";

/** The types that the cell itself names, by name. */
export type Aliases = ReadonlyMap<string, SyntaxNode>;

type ReadType = (node: SyntaxNode, aliases: Aliases) => ParameterType;

/** What a written type means; `any` for what only the compiler can tell. */
export function typeOfAnnotation(node: SyntaxNode, aliases: Aliases): ParameterType {
  const row = Object.hasOwn(annotations, node.type) ? annotations[node.type] : undefined;
  return row?.(node, aliases) ?? ANY;
}

/** The type that TypeScript infers from a value, as far as it can be seen in it. */
export function typeOfValue(node: SyntaxNode, aliases: Aliases): ParameterType {
  const row = Object.hasOwn(values, node.type) ? values[node.type] : undefined;
  return row?.(node, aliases) ?? ANY;
}

const annotations: Readonly<Record<string, ReadType>> = {
  TSStringKeyword: () => ({ type: "string" }),
  TSNumberKeyword: () => ({ type: "number" }),
  TSBooleanKeyword: () => ({ type: "boolean" }),
  TSBigIntKeyword: () => ({ type: "bigint" }),
  TSNullKeyword: () => ({ type: "null" }),
  TSUndefinedKeyword: () => ({ type: "undefined" }),
  TSLiteralType: ({ literal }) => literalOf(literal),
  TSParenthesizedType: ({ typeAnnotation }, aliases) => typeOfAnnotation(typeAnnotation, aliases),
  TSTypeOperator: ({ operator, typeAnnotation }, aliases) =>
    operator === "readonly" ? typeOfAnnotation(typeAnnotation, aliases) : ANY,
  TSArrayType: ({ elementType }, aliases) => arrayOf(typeOfAnnotation(elementType, aliases)),
  TSTupleType: () => arrayOf(ANY),
  TSUnionType: ({ types }, aliases) => ({
    type: "union",
    members: types.map((each: SyntaxNode) => typeOfAnnotation(each, aliases)),
  }),
  TSTypeLiteral: ({ members }, aliases) => ({ type: "object", fields: fieldsOf(members, aliases) }),
  TSTypeReference: ({ typeName, typeArguments }, aliases) => {
    const { name } = typeName;
    const alias = aliases.get(name);
    if (alias !== undefined) {
      // Without the alias itself: a type may speak of itself.
      return typeOfAnnotation(alias, new Map([...aliases].filter(([other]) => other !== name)));
    }
    const [first] = typeArguments?.params ?? [];
    return references.get(name)?.(first, aliases) ?? ANY;
  },
};

/** Types of the library, by name; each gets its first argument. */
const references = new Map<string, (argument: SyntaxNode | undefined, aliases: Aliases) => ParameterType>([
  ["Date", () => ({ type: "date" })],
  ["Array", (argument, aliases) => arrayOf(argument ? typeOfAnnotation(argument, aliases) : ANY)],
  ["ReadonlyArray", (argument, aliases) => arrayOf(argument ? typeOfAnnotation(argument, aliases) : ANY)],
  ["Record", () => ({ type: "object", fields: new Map() })],
]);

const values: Readonly<Record<string, ReadType>> = {
  Literal: (node) => widened(literalOf(node)),
  TemplateLiteral: () => ({ type: "string" }),
  UnaryExpression: ({ operator, argument }, aliases) =>
    operator === "-" || operator === "+" ? typeOfValue(argument, aliases) : ANY,
  ParenthesizedExpression: ({ expression }, aliases) => typeOfValue(expression, aliases),
  TSAsExpression: ({ expression, typeAnnotation }, aliases) =>
    typeAnnotation.typeName?.name === "const"
      ? typeOfValue(expression, aliases)
      : typeOfAnnotation(typeAnnotation, aliases),
  TSSatisfiesExpression: ({ typeAnnotation }, aliases) => typeOfAnnotation(typeAnnotation, aliases),
  ArrayExpression: ({ elements }, aliases) => {
    const [first, ...others] = elements.map((each: SyntaxNode | null) =>
      each ? JSON.stringify(typeOfValue(each, aliases)) : "",
    ) as string[];
    const isUniform = Boolean(first) && others.every((other) => other === first);
    return arrayOf(isUniform ? typeOfValue(elements[0], aliases) : ANY);
  },
  // Its fields are not checked: the new declaration is inferred anew, and later cells are checked against that.
  ObjectExpression: () => ({ type: "object", fields: new Map() }),
  NewExpression: ({ callee }) => (callee.name === "Date" ? { type: "date" } : ANY),
};

function literalOf(node: SyntaxNode): ParameterType {
  if (node.type === "UnaryExpression" && node.operator === "-" && typeof node.argument.value === "number")
    return { type: "literal", value: -node.argument.value };
  if (node.bigint !== undefined && node.bigint !== null) return { type: "bigint" };
  const { value } = node;
  const isLiteral = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isLiteral ? { type: "literal", value } : ANY;
}

/** `const n = 3` may become 4: the value is a default, not the only one. */
function widened(type: ParameterType): ParameterType {
  return type.type === "literal" ? { type: typeof type.value as "string" | "number" | "boolean" } : type;
}

function arrayOf(items: ParameterType): ParameterType {
  return { type: "array", items };
}

function fieldsOf(members: readonly SyntaxNode[], aliases: Aliases): ReadonlyMap<string, ParameterType> {
  return new Map(
    members.flatMap(({ type, key, computed, typeAnnotation }) =>
      type === "TSPropertySignature" && !computed && typeAnnotation
        ? [[String(key.name ?? key.value), typeOfAnnotation(typeAnnotation.typeAnnotation, aliases)] as const]
        : [],
    ),
  );
}
