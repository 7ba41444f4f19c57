import MagicString from "magic-string";
import { type SyntaxNode, withoutExport } from "../../compile/typescript/syntax-tree.js";
import type { NamePlace } from "./cell-names.js";
import { importWithout } from "./import-origins.js";
import type { NameVersions } from "./name-versions.js";
import type { ScriptCell } from "./script-cell.js";

/** Statements that a semicolon ends: without one, the next cell could go on with them. */
const ENDED =
  /^(?:ExpressionStatement|VariableDeclaration|ImportDeclaration|TSTypeAliasDeclaration|TSImportEqualsDeclaration|ThrowStatement)$/;

/**
 * The code of a cell as it stands in the script: names that are declared again have other names, imports that are there already and
 * exports are gone, and the value of the cell is shown.
 *
 * @param show the function that shows a value
 */
export function writeCell(cell: ScriptCell, versions: NameVersions, show: string): string {
  const { text, body } = cell.parsed;
  const edited = new MagicString(text);
  const last = body.at(-1);
  // First, so that an import that is written anew does not meet changes in it.
  const rewritten = body.filter((node) => rewriteImport(node, cell, versions, edited));
  const isInRewritten = ({ start }: NamePlace): boolean =>
    rewritten.some((node) => start >= node.start && start < node.end);
  const rename = (place: NamePlace, id: string): void => {
    if (id === place.name || isInRewritten(place)) return;
    const form = { key: `${place.name}: ${id}`, imported: `${place.name} as ${id}` };
    edited.overwrite(place.start, place.end, place.also ? form[place.also] : id);
  };
  for (const [name, places] of cell.names.own)
    for (const place of places) rename(place, versions.declared(name, cell));
  for (const place of cell.names.free) rename(place, versions.used(place, cell));
  for (const node of body) removeExport(node, edited);
  if (last) endCell(last, cell, edited, show);
  return edited
    .toString()
    .trimEnd()
    .replace(/^\s*\n/, "");
}

/** Leaves out what an import repeats. @returns whether the import was changed. */
function rewriteImport(
  node: SyntaxNode,
  cell: ScriptCell,
  versions: NameVersions,
  edited: MagicString,
): boolean {
  if (node.type !== "ImportDeclaration" || node.specifiers.length === 0) return false;
  const names: string[] = node.specifiers.map((each: SyntaxNode) => each.local.name);
  if (!names.some((name) => versions.isRepeated(name, cell))) return false;
  const { text } = cell.parsed;
  const written = importWithout(
    node,
    ({ start, end }) => text.slice(start, end),
    ({ local }) => !versions.isRepeated(local, cell),
  );
  if (written === "") edited.remove(node.start, node.end);
  else edited.overwrite(node.start, node.end, written);
  return true;
}

/** In a notebook an export changes nothing; in a script two cells may export the same. */
function removeExport(node: SyntaxNode, edited: MagicString): void {
  if (!/^Export(?:Named|Default|All)Declaration$/.test(node.type)) return;
  const declared = withoutExport(node);
  if (node.type === "ExportAllDeclaration" || !declared) edited.remove(node.start, node.end);
  else if (isNameless(declared)) {
    edited.overwrite(node.start, declared.start, "(");
    edited.appendLeft(declared.end, ");");
  } else edited.remove(node.start, declared.start);
}

/** `export default function () {}` is no statement without its export. */
function isNameless({ type, id }: SyntaxNode): boolean {
  return /^(?:Function|Class)Declaration$/.test(type) && !id;
}

function endCell(last: SyntaxNode, cell: ScriptCell, edited: MagicString, show: string): void {
  const { text } = cell.parsed;
  const isExpression =
    last.type === "ExpressionStatement" ||
    (last.type === "ExportDefaultDeclaration" && !/Declaration$/.test(last.declaration.type));
  const hasSemicolon = text.slice(0, last.end).endsWith(";") || /^\s*;/.test(text.slice(last.end));
  if (cell.showsResult && isExpression) {
    const value: SyntaxNode = last.expression ?? last.declaration;
    // `({ … })` has the brackets of a call already; those of `(a, b)` would be two arguments.
    const isBracketed =
      value.type === "ParenthesizedExpression" && value.expression.type !== "SequenceExpression";
    edited.appendRight(value.start, isBracketed ? show : `${show}(`);
    if (!isBracketed) edited.appendLeft(value.end, ")");
  }
  if ((ENDED.test(last.type) || isExpression) && !hasSemicolon) edited.appendLeft(last.end, ";");
}
