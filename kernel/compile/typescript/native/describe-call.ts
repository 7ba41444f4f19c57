import { SyntaxKind } from "typescript/unstable/ast";
import { type Project, SignatureKind } from "typescript/unstable/sync";
import type { OriginOf, RawInspection } from "../checker.js";
import { documentationOf, documentedSymbol, resolveAlias } from "./documentation.js";

/** All overloads of the function, method or class at a position. */
export function describeCall(
  project: Project,
  file: string,
  position: number,
  origin: OriginOf,
): RawInspection | undefined {
  const { checker, emitter } = project;
  const here = checker.getSymbolAtPosition(file, position);
  const symbol = here && resolveAlias(checker, here);
  const type = checker.getTypeAtPosition(file, position) ?? (symbol && checker.getTypeOfSymbol(symbol));
  if (!here || !symbol || !type) return undefined;
  const calls = checker.getSignaturesOfType(type, SignatureKind.Call);
  const isCall = calls.length > 0;
  const signatures = isCall ? calls : checker.getSignaturesOfType(type, SignatureKind.Construct);
  const kind = isCall ? SyntaxKind.CallSignature : SyntaxKind.ConstructSignature;
  const lines = signatures.flatMap((each) => {
    const node = checker.signatureToSignatureDeclaration(each, kind);
    const text = node ? emitter.printNode(node).replace(/;$/, "").replace(/^new /, "") : undefined;
    // Under strict checks an optional parameter's type says so a second time.
    const short = text?.replace(/\?: ([^,()]*?) \| undefined(?=[,)])/g, "?: $1");
    return short === undefined ? [] : `${isCall ? "" : "new "}${here.name}${short}`;
  });
  if (lines.length === 0) return undefined;
  return {
    signature: lines.join("\n"),
    ...documentationOf(project, documentedSymbol(checker, here.name, symbol, origin)),
  };
}
