import MagicString from "magic-string";
import type { LanguageOptions } from "./language-options.js";
import { propertyAccess } from "./property-access.js";
import type { ParsedCell } from "./read-cell.js";
import { readScript, type ScriptFacts, type ScriptImport } from "./read-script.js";
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
  /** The namespace, function or class of an earlier cell that a namespace of this cell goes on with. */
  continued?(name: string): { readonly slot: number; readonly members: ReadonlySet<string> } | undefined;
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

  const namespaces = findContinued(facts.body, options);
  for (const { id, slot } of namespaces) edited.appendLeft(id.end, ` = ${fromCell(slot, id.name)}`);
  const fromNamespace = (name: string, at: number): string | undefined => {
    const around = namespaces.find((each) => at >= each.start && at < each.end && each.members.has(name));
    return around && propertyAccess(around.id.name, name);
  };
  for (const { name, start, end, use } of facts.references) {
    const target = fromNamespace(name, start) ?? fromElsewhere(name);
    if (target === undefined) continue;
    // `(0, f)`: called as a function, not as a method of the scope.
    const forms = { plain: target, callee: `(0,${target})`, shorthand: `${name}: ${target}` };
    edited.overwrite(start, end, forms[use]);
  }
  for (const start of facts.dynamicImports) edited.overwrite(start, start + "import".length, "__import");
  for (const { start, end } of facts.metas) edited.overwrite(start, end, "__meta");
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
  const imports = facts.imports.flatMap((each, index) => {
    // What is left of an import of types.
    if (each.names.length === 0 && cell.typeImports.has(each.from)) return [];
    return `const __m${index} = await __import(${importArguments(each, index, facts)});`;
  });
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

/** Specifier, names, and whether the module may be missing: none of its names is used, so it may have types only. */
function importArguments({ from, names }: ScriptImport, index: number, facts: ScriptFacts): string {
  const isUnused =
    names.length > 0 && !facts.references.some(({ name }) => facts.importedNames.get(name)?.module === index);
  const wanted = names.filter((each) => each !== undefined);
  return [from, wanted, isUnused].map((each) => JSON.stringify(each)).join(", ");
}

/** A namespace that goes on with what an earlier cell has under its name. */
interface ContinuedNamespace {
  /** The variable that holds it. */
  readonly id: SyntaxNode;
  readonly slot: number;
  /** Where its body stands, and the names that it has of the earlier one there. */
  readonly start: number;
  readonly end: number;
  readonly members: ReadonlySet<string>;
}

/** esbuild makes `var N; ((N) => { … })(N || (N = {}))` of a namespace: with a value of `N`, it adds to that. */
function findContinued(body: readonly SyntaxNode[], { continued }: EmitOptions): ContinuedNamespace[] {
  if (!continued) return [];
  return body.flatMap((statement, index) => {
    const node = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    const [declared] = node?.type === "VariableDeclaration" && node.kind === "var" ? node.declarations : [];
    const earlier = declared && !declared.init && declared.id.name ? continued(declared.id.name) : undefined;
    const call = body[index + 1];
    return earlier && call ? [{ ...earlier, id: declared.id, start: call.start, end: call.end }] : [];
  });
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
