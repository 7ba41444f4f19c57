import type { CompletionItem, Completions, Engine, Inspection } from "../engine.js";
import { buildCellFile, type CellFile } from "./cell-file.js";
import type { Checker, OriginOf, RawInspection } from "./checker.js";
import { completeSpecifier, type ImportAtCursor, importAt } from "./complete-import.js";
import { dependenciesOf, type ExportedNames } from "./exported-names.js";
import { findCallee } from "./find-call.js";
import type { SessionName } from "./names.js";
import { readCell } from "./read-cell.js";
import type { Declaration, Declarations } from "./read-declarations.js";
import { cleanMessage } from "./report-diagnostics.js";
import type { Session } from "./session.js";
import type { VirtualProject } from "./virtual-project.js";

/** Slots of the code that is being typed and of its imports; no cell comes so far. */
const SCRATCH_SLOT = 999_999;
const IMPORTS_SLOT = 999_998;

const IMPORT = /^[ \t]*import\s[^;'"]*?from\s*["'][^"'\n]+["'];?/gm;
const IDENTIFIER_END = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const IDENTIFIER_START = /^[\p{ID_Continue}$]*/u;
const DECLARED_NAMES =
  /^(?:export\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:const|let|var|function\*?|class|enum|interface|type|namespace)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;

/** Longest name that is completed, in UTF-16 units. */
const MAX_IDENTIFIER = 500;

/** Names of the engine's own. */
const INTERNAL = /^__(?:cell\d+|w|args)$/;

/** Characters that must be typed before names of packages are offered that nothing imports. */
const MIN_TYPED = 3;

export interface AssistanceOptions {
  readonly folder: string;
  readonly exported: ExportedNames;
  readonly project: VirtualProject;
  readonly checker: Checker;
  readonly session: Session;
}

/** Completion and inspection of code that is being typed, in the scratch file. */
export function createAssistance({
  folder,
  exported,
  project,
  checker,
  session,
}: AssistanceOptions): Pick<Engine, "complete" | "inspect"> {
  /** The scratch file cannot resolve modules: its imports stand in a file of their own, as a cell before it. */
  const prepare = (code: string): { file: CellFile; path: string } | undefined => {
    let imports = "";
    const body = code.replace(IMPORT, (statement) => {
      imports += `${statement.trim()}\n`;
      return statement.replace(/[^\n]/g, " ");
    });
    const cell = readCell(body);
    if (cell.isTooDeep) return undefined;
    const declarations = cell.errors.length > 0 ? guessDeclarations(body) : cell.declarations;
    const names = new Map<string, SessionName>(session.names);
    if (imports !== "") {
      const imported = readCell(imports).declarations;
      const file = buildCellFile({
        slot: IMPORTS_SLOT,
        names: new Map(),
        text: imports,
        declarations: imported,
      });
      checker.write(project.scratchImports, file.text);
      for (const [name, declared] of imported) {
        const place = {
          slot: IMPORTS_SLOT,
          file: project.scratchImports,
          position: file.start + declared.start,
        };
        names.set(name, { value: { ...declared, ...place, scope: undefined, pin: undefined } });
      }
    }
    const file = buildCellFile({ slot: SCRATCH_SLOT, names, text: body, declarations, isScratch: true });
    return { file, path: project.scratch(/<\/|\/>/.test(body) && cell.tsx) };
  };

  const origin: OriginOf = (name) => {
    const known = session.names.get(name);
    return known?.value ?? known?.type;
  };

  const completeName = ({ typed, specifier, names }: ImportAtCursor, offset: number): Completions => {
    const text = `import * as __m from ${JSON.stringify(specifier)};`;
    const found = checker.exportsOf(project.scratchImports, text, text.indexOf(specifier));
    const items = found.filter(({ name }) => name !== "default" && !names.includes(name));
    return { start: offset - typed.length, end: offset, items };
  };

  /** Names that could be imported, for who types one that nothing declares. */
  const importable = (typed: string, found: readonly CompletionItem[]): CompletionItem[] => {
    if (typed.length < MIN_TYPED) return [];
    const known = new Set(found.map((each) => each.name));
    return exported
      .startingWith(typed, dependenciesOf(folder))
      .filter(({ name }) => !known.has(name))
      .map(({ name, from }) => ({ name, kind: "import", detail: `import { ${name} } from "${from}"` }));
  };

  return {
    complete(code, offset): Completions {
      const at = importAt(code, offset);
      if (at?.part === "specifier") return completeSpecifier(at.typed, offset, folder);
      if (at?.part === "name") return completeName(at, offset);
      const typed = IDENTIFIER_END.exec(code.slice(Math.max(0, offset - MAX_IDENTIFIER), offset))?.[0] ?? "";
      const rest = IDENTIFIER_START.exec(code.slice(offset))?.[0] ?? "";
      const prepared = prepare(code);
      if (!prepared) return { start: offset, end: offset, items: [] };
      const { file, path } = prepared;
      const found = checker.complete(path, file.text, file.start + offset);
      const items = found
        .filter(({ name }) => !INTERNAL.test(name))
        .map(({ name, kind, detail }) => ({ name: name.replace(/^(["'])(.*)\1$/, "$2"), kind, detail }));
      const isMember = /\.\s*$/.test(code.slice(0, offset - typed.length));
      const more = isMember || found.length === 0 ? [] : importable(typed, items);
      return { start: offset - typed.length, end: offset + rest.length, items: [...items, ...more] };
    },

    inspect(code, offset): Inspection | undefined {
      const prepared = prepare(code);
      if (!prepared) return undefined;
      const { file, path } = prepared;
      for (const at of [offset, offset - 1]) {
        if (at < 0 || !/[\p{ID_Continue}$"']/u.test(code[at] ?? "")) continue;
        const found = checker.inspect(path, file.text, file.start + at, origin);
        if (found) return toInspection(found);
      }
      const callee = findCallee(code, offset);
      const call =
        callee === undefined ? undefined : checker.signatures(path, file.text, file.start + callee, origin);
      return call && toInspection(call);
    },
  };
}

function toInspection({ signature, documentation, tags }: RawInspection): Inspection {
  const lines = tags.map(({ name, text }) => `@${name} ${text}`.trim());
  return {
    signature: cleanMessage(signature),
    documentation: [documentation, ...lines].filter(Boolean).join("\n\n"),
  };
}

/** What code that does not parse seems to declare. */
function guessDeclarations(code: string): Declarations {
  const guess = (start: number): Declaration => ({
    kind: "class",
    value: true,
    type: true,
    start,
    annotated: false,
    parameters: "",
    args: "",
    members: new Set(),
    isAbstract: false,
  });
  return new Map([...code.matchAll(DECLARED_NAMES)].map((match) => [match[1] as string, guess(match.index)]));
}
