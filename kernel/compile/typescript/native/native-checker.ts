import { join, sep } from "node:path";
import { CompletionItemKind, type Diagnostic, DiagnosticCategory } from "typescript/unstable/sync";
import { packageRoot } from "../../../package-root.js";
import type { Checker, RawCompletion, RawDiagnostic } from "../checker.js";
import type { CompilerGuard } from "../compiler-guard.js";
import type { VirtualProject } from "../virtual-project.js";
import { describeCall } from "./describe-call.js";
import { describePlace } from "./describe-symbol.js";
import { exportedNames } from "./exported-symbols.js";
import { startNativeProcess } from "./native-process.js";

/** The kinds of completions as TypeScript's language service names them. */
const kinds: Readonly<Record<number, string>> = {
  [CompletionItemKind.Method]: "method",
  [CompletionItemKind.Function]: "function",
  [CompletionItemKind.Constructor]: "constructor",
  [CompletionItemKind.Field]: "property",
  [CompletionItemKind.Variable]: "var",
  [CompletionItemKind.Class]: "class",
  [CompletionItemKind.Interface]: "interface",
  [CompletionItemKind.Module]: "module",
  [CompletionItemKind.Property]: "property",
  [CompletionItemKind.Value]: "const",
  [CompletionItemKind.Enum]: "enum",
  [CompletionItemKind.Keyword]: "keyword",
  [CompletionItemKind.EnumMember]: "enum member",
  [CompletionItemKind.Constant]: "string",
  [CompletionItemKind.TypeParameter]: "type parameter",
};

/** TypeScript 7, native. */
export function createNativeChecker(folder: string, project: VirtualProject, guard: CompilerGuard): Checker {
  const native = startNativeProcess(folder, project, guard);
  const included = new Set<string>();
  const checkFile = (file: string, isParsed = false): readonly RawDiagnostic[] =>
    native.ask(({ program }) => {
      const syntax = isParsed ? [] : program.getSyntacticDiagnostics(file);
      const found = syntax.length > 0 ? syntax : program.getSemanticDiagnostics(file);
      return found
        .filter((each) => each.category === DiagnosticCategory.Error)
        .map((each) => convert(each, file, syntax.length > 0));
    });
  return {
    check(file, text, isParsed) {
      native.write(file, text);
      return checkFile(file, isParsed);
    },
    include(file) {
      if (included.has(file)) return;
      included.add(file);
      const imports = [...included].map((each) => `import ${JSON.stringify(each)};`);
      native.write(project.otherImports, imports.join("\n"));
    },
    checkFile: (file) => checkFile(file),
    suggestions: (file) =>
      native.ask(({ program }) =>
        program.getSuggestionDiagnostics(file).map((each) => convert(each, file, false)),
      ),
    write: native.write,
    define(file, text) {
      const isFirst = project.defineModule(file);
      if (!isFirst) return native.write(file, text);
      project.files.set(file, text);
      return native.restart();
    },
    complete(file, text, position) {
      native.write(file, text);
      return native.ask(({ checker }): RawCompletion[] => {
        const found = checker.getCompletionsAtPosition(file, position)?.entries ?? [];
        const sorted = found.toSorted(
          (a, b) => compare(a.sortText ?? "", b.sortText ?? "") || compare(a.name, b.name),
        );
        return sorted.map(({ name, kind, detail }) => ({
          // An optional member comes as `name?`.
          name: name.endsWith("?") ? name.slice(0, -1) : name,
          kind: kinds[kind ?? 0] ?? "",
          detail: detail ?? "",
        }));
      });
    },
    inspect(file, text, position, origin) {
      native.write(file, text);
      return native.ask((opened) => describePlace(opened, file, position, origin));
    },
    signatures(file, text, callee, origin) {
      native.write(file, text);
      return native.ask((opened) => describeCall(opened, file, callee, origin));
    },
    exportsOf(file, text, position) {
      native.write(file, text);
      return native.ask(({ checker }): RawCompletion[] => {
        const module = checker.getSymbolAtPosition(file, position);
        return module ? exportedNames(checker, module).map((name) => ({ name, kind: "", detail: "" })) : [];
      });
    },
    typeAt: (file, position) =>
      native.ask(({ checker }) => {
        const symbol = checker.getSymbolAtPosition(file, position);
        const type = symbol && checker.getTypeOfSymbol(symbol);
        return type && checker.typeToString(type, undefined, 1);
      }),
    localFiles: () =>
      native.ask(({ program }) =>
        program.getSourceFileNames().filter((file) => !isOfPackage(file) && !project.files.has(file)),
      ),
    parseConfig: native.parseConfig,
    configErrors: (file) => native.configErrors(file).map((each) => convert(each, "", false)),
    changed: (files) => native.update({ changed: [...files] }),
    invalidate: () => native.update({ invalidateAll: true }),
    get memory() {
      return native.memory();
    },
    close: native.close,
  };
}

/** Packages do not change under a cell, but by an installation, after which everything is read again. */
function isOfPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file) || file.startsWith(join(packageRoot, "dist", sep));
}

function convert(diagnostic: Diagnostic, file: string, isSyntax: boolean): RawDiagnostic {
  const { fileName, pos, end, code, relatedInformation = [] } = diagnostic;
  return {
    file: fileName === file ? undefined : fileName,
    start: pos,
    end,
    code,
    message: flatten(diagnostic, 0),
    isSyntax,
    related: relatedInformation.map((each) => convert(each, file, isSyntax)),
  };
}

/** A chain of messages as lines, each link two spaces further in. */
function flatten({ text, messageChain = [] }: Diagnostic, depth: number): string {
  return [`${"  ".repeat(depth)}${text}`, ...messageChain.map((each) => flatten(each, depth + 1))].join("\n");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
