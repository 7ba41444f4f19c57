import type { SyntaxNode } from "../../compile/typescript/syntax-tree.js";

/** A name that an import declares. */
export interface ImportedName {
  readonly local: string;
  /** Module and name in it, as one text: the same for imports of the same thing. */
  readonly origin: string;
  readonly specifier: SyntaxNode;
}

/** The names of an import. */
export function importedNames(node: SyntaxNode): ImportedName[] {
  return node.specifiers.map((specifier: SyntaxNode) => {
    const imported = NAMES[specifier.type] ?? specifier.imported.name ?? specifier.imported.value;
    return {
      local: specifier.local.name,
      origin: originOf(node.source.value, imported),
      specifier,
    };
  });
}

const NAMES: Readonly<Record<string, string>> = {
  ImportDefaultSpecifier: "default",
  ImportNamespaceSpecifier: "*",
};

export function originOf(module: string, name: string): string {
  return JSON.stringify([module, name]);
}

/** An import without the specifiers that `isKept` refuses; "" for one of which nothing is left. */
export function importWithout(
  node: SyntaxNode,
  textOf: (node: { readonly start: number; readonly end: number }) => string,
  isKept: (name: ImportedName) => boolean,
): string {
  const kept = importedNames(node).filter(isKept);
  if (kept.length === 0) return "";
  const alone = kept.filter(({ specifier }) => Object.hasOwn(NAMES, specifier.type));
  const braced = kept.filter((each) => !alone.includes(each)).map(({ specifier }) => textOf(specifier));
  const clause = [
    ...alone.map(({ specifier }) => textOf(specifier)),
    ...(braced.length > 0 ? [`{ ${braced.join(", ")} }`] : []),
  ];
  const keyword = node.importKind === "type" ? "import type" : "import";
  return `${keyword} ${clause.join(", ")} from ${textOf({ start: node.source.start, end: node.end })}`;
}
