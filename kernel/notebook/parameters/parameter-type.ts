/** What a parameter may be, as far as its declaration says without a type checker. */
export type ParameterType =
  | { readonly type: "string" | "number" | "boolean" | "bigint" | "date" | "null" | "undefined" }
  | { readonly type: "literal"; readonly value: string | number | boolean }
  | { readonly type: "array"; readonly items: ParameterType }
  | { readonly type: "object"; readonly fields: ReadonlyMap<string, ParameterType> }
  | { readonly type: "union"; readonly members: readonly ParameterType[] }
  /** A type that only the compiler knows, or none: whatever is given goes in, and the cell's check has the last word. */
  | { readonly type: "any" };

/** A variable of the parameters cell. */
export interface DeclaredParameter {
  readonly name: string;
  readonly keyword: "const" | "let";
  /** The type as it is written, without the colon; empty when none is. */
  readonly annotation: string;
  /** The declaration's line, for messages. */
  readonly source: string;
  readonly type: ParameterType;
}

export const ANY: ParameterType = { type: "any" };

/** A type as a reader would write it. */
export function formatType(type: ParameterType): string {
  if (type.type === "literal") return JSON.stringify(type.value);
  if (type.type === "date") return "Date";
  if (type.type === "union") return type.members.map(formatType).join(" | ");
  if (type.type !== "array") return type.type;
  const items = formatType(type.items);
  return /\W/.test(items) ? `(${items})[]` : `${items}[]`;
}
