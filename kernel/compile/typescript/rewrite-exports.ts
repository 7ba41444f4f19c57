import type MagicString from "magic-string";
import { propertyAccess } from "./property-access.js";
import { boundNames, type SyntaxNode } from "./syntax-tree.js";

/** What the export statements of a script come to when they are taken away. */
export interface Exported {
  /** Exported names with the local names behind them. */
  readonly names: ReadonlyMap<string, string>;
  /** JavaScript that brings what is exported from other modules; it awaits. */
  readonly statements: readonly string[];
}

export interface RewriteOptions {
  /** Whether what other modules have is to be exported too; a cell shows only its own. */
  readonly isModule: boolean;
  /** Whether a default export at the end is the value of the cell too. */
  readonly hasResult: boolean;
}

/** Takes the import and export keywords out of a script, and says what they meant. */
export function rewriteExports(
  body: readonly SyntaxNode[],
  edited: MagicString,
  { isModule, hasResult }: RewriteOptions,
): Exported {
  const names = new Map<string, string>();
  const statements: string[] = [];
  const nameOf = (node: SyntaxNode): string => node.name ?? node.value;
  /** @param define statements about the module, `__s`. */
  const from = (node: SyntaxNode, define: string): void => {
    const module = `await __import(${JSON.stringify(node.source.value)})`;
    statements.push(isModule ? `{ const __s = ${module}; ${define} }` : `${module};`);
  };

  const rows: Readonly<Record<string, (node: SyntaxNode) => void>> = {
    ImportDeclaration: ({ start, end }) => edited.remove(start, end),
    ExportNamedDeclaration: (node) => {
      const { start, end, declaration, specifiers, source } = node;
      if (declaration) {
        for (const name of declaredNames(declaration)) names.set(name, name);
        return void edited.remove(start, declaration.start);
      }
      edited.remove(start, end);
      if (source) {
        const define = ({ exported, local }: SyntaxNode): string =>
          defineGetter(JSON.stringify(nameOf(exported)), propertyAccess("__s", nameOf(local)));
        return from(node, specifiers.map(define).join(" "));
      }
      for (const { exported, local } of specifiers) names.set(nameOf(exported), nameOf(local));
      return undefined;
    },
    ExportDefaultDeclaration: ({ start, declaration }) => {
      if (declaration.id) {
        names.set("default", declaration.id.name);
        return void edited.remove(start, declaration.start);
      }
      const result = hasResult && start === body.at(-1)?.start ? "__r.value = " : "";
      // As a property called default, a function without a name gets that one.
      edited.overwrite(start, declaration.start, `${result}__e.default = { default: `);
      return void edited.appendLeft(declaration.end, " }.default;");
    },
    ExportAllDeclaration: (node) => {
      edited.remove(node.start, node.end);
      const each = `if (__k !== "default" && !Object.hasOwn(__e, __k)) ${defineGetter("__k", "__s[__k]")}`;
      from(
        node,
        node.exported
          ? defineGetter(JSON.stringify(nameOf(node.exported)), "__s")
          : `for (const __k of Object.keys(__s)) ${each}`,
      );
    },
  };
  for (const node of body) rows[node.type]?.(node);
  return { names, statements };
}

/** @param key and @param value as JavaScript. */
function defineGetter(key: string, value: string): string {
  return `Object.defineProperty(__e, ${key}, { configurable: true, enumerable: true, get: () => ${value} });`;
}

function declaredNames({ type, id, declarations = [] }: SyntaxNode): string[] {
  if (type !== "VariableDeclaration") return id ? [id.name] : [];
  return declarations.flatMap((each: SyntaxNode) => boundNames(each.id).map((name) => name.name));
}
