import { readCell } from "../../compile/typescript/read-cell.js";
import { boundNames, type SyntaxNode, withoutExport } from "../../compile/typescript/syntax-tree.js";
import { ANY, type DeclaredParameter } from "./parameter-type.js";
import { typeOfAnnotation, typeOfValue } from "./read-type.js";

/**
 * Reads what a parameters cell declares: its `const`, `let` and `var`, with their types.
 * @returns undefined for what the parser cannot read: the cell itself will say so when it runs.
 */
export function readParameters(source: string): ReadonlyMap<string, DeclaredParameter> | undefined {
  const { body, errors } = readCell(source);
  if (errors.length > 0) return undefined;
  const found = new Map<string, DeclaredParameter>();
  const aliases = new Map<string, SyntaxNode>();
  const statements = body.flatMap((statement) => withoutExport(statement) ?? []);
  for (const node of statements) {
    if (node.type === "TSTypeAliasDeclaration") aliases.set(node.id.name, node.typeAnnotation);
  }
  for (const node of statements) {
    if (node.type !== "VariableDeclaration") continue;
    const keyword = node.kind === "let" || node.kind === "var" ? "let" : "const";
    for (const { id, init, start, end } of node.declarations as SyntaxNode[]) {
      const line = `${node.kind} ${source.slice(start, end)}`;
      for (const { name } of boundNames(id)) {
        const isPlain = id.type === "Identifier";
        const annotation = isPlain ? id.typeAnnotation?.typeAnnotation : undefined;
        const type = annotation
          ? typeOfAnnotation(annotation, aliases)
          : isPlain && init
            ? typeOfValue(init, aliases)
            : ANY;
        const written = annotation ? source.slice(annotation.start, annotation.end) : "";
        found.set(name, { name, keyword, annotation: written, source: line, type });
      }
    }
  }
  return found;
}
