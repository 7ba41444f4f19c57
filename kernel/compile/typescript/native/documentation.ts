import { type Checker, type Project, SymbolFlags, type Symbol as TsSymbol } from "typescript/unstable/sync";
import type { OriginOf, RawInspection } from "../checker.js";

/** What an import or an alias stands for; any other symbol itself. */
export function resolveAlias(checker: Checker, symbol: TsSymbol): TsSymbol {
  return symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** A variable of an earlier cell is declared anew in each file that uses it; its documentation stands in that cell. */
export function documentedSymbol(
  checker: Checker,
  name: string,
  symbol: TsSymbol,
  origin: OriginOf,
): TsSymbol {
  const place = symbol.flags & SymbolFlags.Variable ? origin(name) : undefined;
  const found = place && checker.getSymbolAtPosition(place.file, place.position);
  return found ? resolveAlias(checker, found) : symbol;
}

/** The documentation of a symbol, and its tags. */
export function documentationOf(
  { checker, program }: Project,
  symbol: TsSymbol,
): Omit<RawInspection, "signature"> {
  return {
    documentation: checker.getDocumentationCommentOfSymbol(symbol) || commentAbove(symbol, program),
    tags: checker.getJsDocTagsOfSymbol(symbol).map(({ name, text }) => ({ name, text: textOf(text) })),
  };
}

/** The comment above a property of an object, which the compiler does not count as documentation. */
function commentAbove({ flags, valueDeclaration }: TsSymbol, program: Project["program"]): string {
  const node = flags & SymbolFlags.Property ? valueDeclaration?.resolve() : undefined;
  const text = node && valueDeclaration && program.getSourceFile(valueDeclaration.path)?.text;
  const comment = text && /^\s*\/\*\*([\s\S]*?)\*\//.exec(text.slice(node.pos, node.end))?.[1];
  return comment ? comment.replace(/^\s*\* ?/gm, "").trim() : "";
}

function textOf(text: unknown): string {
  if (typeof text === "string") return text;
  if (!Array.isArray(text)) return "";
  return text.map((each) => (typeof each === "string" ? each : (each?.text ?? ""))).join("");
}
