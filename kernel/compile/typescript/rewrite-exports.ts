import type MagicString from "magic-string";
import { propertyAccess } from "./property-access.js";
import type { SyntaxNode } from "./syntax-tree.js";

/** What the export statements of a script come to when they are taken away. */
export interface Exported {
  /** Exported names with the local names behind them. */
  readonly names: ReadonlyMap<string, string>;
  /** JavaScript that brings what is exported from other modules; it awaits. */
  readonly statements: readonly string[];
}

type Row = (node: SyntaxNode) => void;

/**
 * Takes the import and export keywords out of a script, and says what they meant.
 * @param hasResult whether a default export at its end is the value of the cell too.
 */
export function rewriteExports(
  body: readonly SyntaxNode[],
  edited: MagicString,
  hasResult: boolean,
): Exported {
  const names = new Map<string, string>();
  const statements: string[] = [];
  const nameOf = (node: SyntaxNode): string => node.name ?? node.value;
  const importOf = (node: SyntaxNode): string => `await __import(${JSON.stringify(node.source.value)})`;

  const rows: Readonly<Record<string, Row>> = {
    ImportDeclaration: ({ start, end }) => edited.remove(start, end),
    ExportNamedDeclaration: (node) => {
      if (node.declaration) return void edited.remove(node.start, node.declaration.start);
      edited.remove(node.start, node.end);
      if (!node.source) {
        for (const { exported, local } of node.specifiers) names.set(nameOf(exported), nameOf(local));
        return undefined;
      }
      const entries = node.specifiers.map(
        ({ exported, local }: SyntaxNode) =>
          `${JSON.stringify(nameOf(exported))}: ${propertyAccess("__s", nameOf(local))}`,
      );
      statements.push(`{ const __s = ${importOf(node)}; Object.assign(__e, { ${entries.join(", ")} }); }`);
    },
    ExportDefaultDeclaration: ({ start, end, declaration }) => {
      if (declaration.id) {
        names.set("default", declaration.id.name);
        edited.remove(start, declaration.start);
      } else {
        const keeps = hasResult && start === body.at(-1)?.start;
        edited.overwrite(start, declaration.start, `${keeps ? "__r.value = " : ""}__e.default = `);
        edited.appendRight(end, ";");
      }
    },
    ExportAllDeclaration: (node) => {
      edited.remove(node.start, node.end);
      const source = importOf(node);
      statements.push(
        node.exported
          ? `__e[${JSON.stringify(nameOf(node.exported))}] = ${source};`
          : `{ const __s = ${source}; for (const __k of Object.keys(__s)) if (__k !== "default" && !(__k in __e)) Object.defineProperty(__e, __k, { enumerable: true, get: () => __s[__k] }); }`,
      );
    },
  };
  for (const node of body) rows[node.type]?.(node);
  return { names, statements };
}
