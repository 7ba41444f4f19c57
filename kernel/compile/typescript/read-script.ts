import { parseSync } from "oxc-parser";
import { hoistedNames, lexicalNames, type SyntaxNode, withoutExport } from "./syntax-tree.js";
import { type ScriptUses, visitReferences } from "./visit-references.js";

/** A static import of a script: which module, and which of its names; undefined stands for the module itself. */
export interface ScriptImport {
  readonly from: string;
  readonly names: readonly (string | undefined)[];
}

/** A name that a script imports. */
export interface ImportedName {
  /** Index in {@link ScriptFacts.imports}. */
  readonly module: number;
  readonly name: string | undefined;
}

/** What has to be known of a script to run it as the body of a function. */
export interface ScriptFacts extends ScriptUses {
  readonly body: readonly SyntaxNode[];
  /** Names it declares at its top level, and those of them that cannot be assigned. */
  readonly own: ReadonlySet<string>;
  readonly constants: ReadonlySet<string>;
  readonly imports: readonly ScriptImport[];
  readonly importedNames: ReadonlyMap<string, ImportedName>;
}

/**
 * Analyses the scopes of plain JavaScript.
 * @throws SyntaxError what the parser refuses.
 */
export function readScript(code: string): ScriptFacts {
  const parsed = parseSync("cell.js", code, { lang: "js", sourceType: "module" });
  const [fault] = parsed.errors;
  if (fault) throw new SyntaxError(fault.message);
  const body = parsed.program.body as unknown as readonly SyntaxNode[];

  const own = new Set(hoistedNames(body).map((each) => each.name as string));
  const constants = new Set<string>();
  for (const statement of body) {
    const declared = lexicalNames(statement);
    for (const name of declared) own.add(name);
    const node = withoutExport(statement);
    if (node?.type === "VariableDeclaration" && node.kind !== "var" && node.kind !== "let") {
      for (const name of declared) constants.add(name);
    }
  }

  const imports: ScriptImport[] = [];
  const importedNames = new Map<string, ImportedName>();
  for (const node of body) {
    if (node.type !== "ImportDeclaration") continue;
    const names = node.specifiers.map(importedName) as (string | undefined)[];
    node.specifiers.forEach((each: SyntaxNode, index: number) => {
      importedNames.set(each.local.name, { module: imports.length, name: names[index] });
    });
    imports.push({ from: node.source.value, names });
  }

  return { body, own, constants, imports, importedNames, ...visitReferences(body, own) };
}

function importedName(specifier: SyntaxNode): string | undefined {
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  if (specifier.type === "ImportNamespaceSpecifier") return undefined;
  return specifier.imported.name ?? specifier.imported.value;
}
