import type { Node, Program, ShorthandPropertyAssignment, Visitor } from "@tslab/typescript-for-tslab";
import type { Ts } from "./load-converter.js";

/**
 * A `visitEachChild` for the converter that also rewrites `{ name }` and `({ name } = …)` when `name` comes from an
 * earlier cell: tslab 1.0.22 turns such names into `exports.name` everywhere but in shorthand properties.
 */
export function rewriteShorthands(ts: Ts, program: () => Program | undefined): Ts["visitEachChild"] {
  const isFromEarlierCell = (node: ShorthandPropertyAssignment): boolean => {
    const original = ts.getOriginalNode(node);
    const symbol = program()?.getTypeChecker().getShorthandAssignmentValueSymbol(original);
    return (
      symbol?.declarations?.some((each) => each.getSourceFile().fileName.endsWith("/__prev__.d.ts")) ?? false
    );
  };

  const rewrite = (node: ShorthandPropertyAssignment, visitor: Visitor): Node => {
    const { factory } = ts;
    const name = node.name.text;
    const reference = factory.createPropertyAccessExpression(factory.createIdentifier("exports"), name);
    const fallback = node.objectAssignmentInitializer;
    if (!fallback) return factory.createPropertyAssignment(name, reference);
    const value = ts.visitNode(fallback, visitor) as typeof fallback;
    return factory.createPropertyAssignment(name, factory.createAssignment(reference, value));
  };

  const visitEachChild = (node: Node, visitor: Visitor, context: never): Node =>
    ts.isShorthandPropertyAssignment(node) && isFromEarlierCell(node)
      ? rewrite(node, visitor)
      : ts.visitEachChild(node, visitor, context);
  return visitEachChild as Ts["visitEachChild"];
}
