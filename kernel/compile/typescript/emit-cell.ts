import MagicString from "magic-string";
import type { LanguageOptions } from "./language-options.js";
import { propertyAccess } from "./property-access.js";
import type { ParsedCell } from "./read-cell.js";
import { readScript, type ScriptFacts } from "./read-script.js";
import { rewriteExports } from "./rewrite-exports.js";
import { stripTypes } from "./strip-types.js";
import type { SyntaxNode } from "./syntax-tree.js";

/** A cell as the body of a function; `kernel/run/slots` says what it is called with. */
export interface EmittedCell {
  readonly text: string;
  /** From the text back to the cell, to be applied one after the other. */
  readonly sourceMaps: readonly string[];
  readonly isAsync: boolean;
  /** Slots of the cells whose values it uses: it takes their scopes as `__cellN`. */
  readonly uses: readonly number[];
  /** Names it declares that have a value when it has run. */
  readonly values: readonly string[];
}

export interface EmitOptions {
  readonly language: LanguageOptions;
  /** The slot that holds the value of a name of an earlier cell. */
  slotOf(name: string): number | undefined;
  /** The slot whose namespace, function or class a namespace of this cell goes on with. */
  continued?(name: string): number | undefined;
  /** A local module: all of its names can be imported, it sees none of the cells', and it has no value. */
  readonly isModule: boolean;
}

/**
 * TypeScript → the text of a function body: types stripped, names of earlier cells bound to the scopes of those cells,
 * imports awaited. A cell's own variables stay real ones; accessors on its scope object, `__e`, are how others see them.
 *
 * @throws SyntaxError what no transformer can translate.
 */
export function emitCell(cell: ParsedCell, options: EmitOptions): EmittedCell {
  const { code, map } = stripTypes(cell, options.language);
  const facts = readScript(code);
  const edited = new MagicString(code);
  const uses = new Set<number>();

  const fromCell = (slot: number, name: string): string => {
    uses.add(slot);
    return propertyAccess(`__cell${slot}`, name);
  };
  const fromElsewhere = (name: string): string | undefined => {
    const imported = facts.importedNames.get(name);
    if (imported) {
      const module = `__m${imported.module}`;
      return imported.name === undefined ? module : propertyAccess(module, imported.name);
    }
    const slot = options.slotOf(name);
    return slot === undefined ? undefined : fromCell(slot, name);
  };

  for (const { name, start, end, use } of facts.references) {
    const target = fromElsewhere(name);
    if (target === undefined) continue;
    // `(0, f)`: called as a function, not as a method of the scope.
    const forms = { plain: target, callee: `(0,${target})`, shorthand: `${name}: ${target}` };
    edited.overwrite(start, end, forms[use]);
  }
  for (const start of facts.dynamicImports) edited.overwrite(start, start + "import".length, "__import");
  for (const { start, end } of facts.metas) edited.overwrite(start, end, "__meta");
  continueNamespaces(facts, options, (id, slot) =>
    edited.appendLeft(id.end, ` = ${fromCell(slot, id.name)}`),
  );
  const hasResult = cell.result !== undefined && !options.isModule;
  const exported = rewriteExports(facts.body, edited, { isModule: options.isModule, hasResult });
  if (hasResult) markResult(cell, facts.body, code, edited);

  const accessors: string[] = [];
  const define = (name: string, expression: string, isVariable: boolean): void => {
    const key = JSON.stringify(name);
    const setter = isVariable ? `, set ${key}(__v) { ${expression} = __v; }` : "";
    accessors.push(`get ${key}() { return ${expression}; }${setter}`);
  };
  if (options.isModule) {
    for (const [name, local] of exported.names) define(name, fromElsewhere(local) ?? local, false);
  } else {
    for (const name of facts.own) {
      if (cell.declarations.has(name)) define(name, name, !facts.constants.has(name));
    }
    for (const name of facts.importedNames.keys()) define(name, fromElsewhere(name) as string, false);
  }
  const imports = facts.imports.map(
    ({ from, names }, index) =>
      `const __m${index} = await __import(${JSON.stringify(from)}, ${JSON.stringify(names.filter((each) => each !== undefined))});`,
  );
  const head = [
    '"use strict";',
    `Object.defineProperties(__e, Object.getOwnPropertyDescriptors({ ${accessors.join(", ")} }));`,
    ...imports,
    ...exported.statements,
  ];
  edited.prepend(`${head.join(" ")}\n`);

  return {
    text: edited.toString(),
    sourceMaps: [edited.generateMap({ hires: "boundary" }).toString(), map],
    isAsync: facts.hasTopLevelAwait || imports.length > 0 || exported.statements.length > 0,
    uses: [...uses],
    values: [...facts.own, ...facts.importedNames.keys()].filter((name) => cell.declarations.has(name)),
  };
}

/** esbuild makes `var N; ((N) => { … })(N || (N = {}))` of a namespace: with a value of `N`, it adds to that. */
function continueNamespaces(
  { body }: ScriptFacts,
  { continued }: EmitOptions,
  initialise: (id: SyntaxNode, slot: number) => void,
): void {
  if (!continued) return;
  for (const statement of body) {
    const node = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    const declared = node?.type === "VariableDeclaration" && node.kind === "var" ? node.declarations : [];
    for (const { id, init } of declared) {
      const slot = init || id.type !== "Identifier" ? undefined : continued(id.name);
      if (slot !== undefined) initialise(id, slot);
    }
  }
}

/** Keeps the value of the last expression. A top-level `using` has moved the cell into a `try` block. */
function markResult(cell: ParsedCell, body: readonly SyntaxNode[], code: string, edited: MagicString): void {
  const block = cell.hasUsing ? body.findLast((each) => each.type === "TryStatement") : undefined;
  const statements: readonly SyntaxNode[] = block ? block.block.body : body;
  const last = statements.findLast((each) =>
    /^(?:ExpressionStatement|ExportDefaultDeclaration)$/.test(each.type),
  );
  if (last?.type !== "ExpressionStatement") return;
  edited.appendLeft(last.start, "__r.value = (");
  edited.appendRight(code[last.end - 1] === ";" ? last.end - 1 : last.end, ")");
}
