import { analyze, type ScopeManager, type Variable } from "@typescript-eslint/scope-manager";
import { parseSync } from "oxc-parser";
import type { ParsedCell } from "../../compile/typescript/read-cell.js";
import { forEachChild, type SyntaxNode } from "../../compile/typescript/syntax-tree.js";

/** A place in a cell where a name stands. */
export interface NamePlace {
  readonly name: string;
  /** Offsets in the cell's text. */
  readonly start: number;
  readonly end: number;
  /** What the name is besides: the key of a property, `{ name }`, or the name in the module that it is imported from. */
  readonly also: "key" | "imported" | undefined;
  /** Whether it means a type: a name may mean one thing as a value and another as a type. */
  readonly isType: boolean;
}

/** The names of a cell, as values and as types. */
export interface CellNames {
  /** All places of what the cell declares at its top level. */
  readonly own: ReadonlyMap<string, readonly NamePlace[]>;
  /** Uses of what it does not declare: names of other cells, and globals. */
  readonly free: readonly NamePlace[];
  /** Every name that means something anywhere in the cell. */
  readonly all: ReadonlySet<string>;
}

type Program = Parameters<typeof analyze>[0];

/** Finds the names of a cell that parses. */
export function readCellNames(cell: ParsedCell): CellNames {
  const lang = cell.tsx ? "tsx" : "ts";
  const { program } = parseSync(`cell.${lang}`, cell.text, { lang, sourceType: "module", range: true });
  const { also, closings } = findPlaces(program as unknown as SyntaxNode);
  // oxc's tree is typescript-eslint's, with other declarations.
  const scopes = analyze(program as unknown as Program, { sourceType: "module", lib: [], jsxPragma: null });
  const top = scopes.globalScope!.childScopes[0]!;

  const placeAt = (name: string, start: number, isType: boolean): NamePlace => {
    // Not the end of the node: a declared identifier reaches to the end of its type.
    return { name, start, end: start + name.length, also: also.get(start), isType };
  };
  const places = (identifier: unknown, isType = false): NamePlace[] => {
    const { name, range } = identifier as { name: string; range: [number, number] };
    return [range[0], ...(closings.get(range[0]) ?? [])].map((start) => placeAt(name, start, isType));
  };
  const own = new Map<string, NamePlace[]>();
  for (const variable of top.variables) {
    const found = [...placesOf(variable), ...insidePlaces(variable, scopes)].flatMap((each) => places(each));
    const unique = new Map(found.map((each) => [each.start, each]));
    if (unique.size > 0) own.set(variable.name, [...unique.values()]);
  }
  const free = top.through.flatMap((each) => places(each.identifier, !each.isValueReference));
  const all = new Set([
    ...scopes.scopes.flatMap(({ variables }) => variables.map(({ name }) => name)),
    ...free.map(({ name }) => name),
  ]);
  return { own, free, all };
}

function placesOf({ identifiers, references }: Variable): unknown[] {
  return [...identifiers, ...references.map(({ identifier }) => identifier)];
}

/** Classes, enums and functions are known in themselves too, by a variable of their own scope that stands at the same place. */
function insidePlaces(variable: Variable, { scopes }: ScopeManager): unknown[] {
  return scopes
    .flatMap(({ variables }) => variables)
    .filter((each) => each !== variable && each.identifiers.some((id) => variable.identifiers.includes(id)))
    .flatMap(placesOf);
}

/** What the analysis of scopes does not say: places that are more than a name, and the names in the closing tags of JSX. */
function findPlaces(program: SyntaxNode) {
  const also = new Map<number, NamePlace["also"]>();
  /** By the place of the opening name. */
  const closings = new Map<number, readonly number[]>();
  const visit = (node: SyntaxNode): void => {
    if (node.type === "Property" && node.shorthand) also.set(node.key.start, "key");
    if (node.type === "ImportSpecifier" && node.imported.start === node.local.start)
      also.set(node.local.start, "imported");
    if (node.type === "JSXElement" && node.closingElement)
      closings.set(node.openingElement.name.start, [node.closingElement.name.start]);
    forEachChild(node, visit);
  };
  visit(program);
  return { also, closings };
}
