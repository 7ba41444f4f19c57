import type { Completions, Engine, Inspection } from "../engine.js";
import { buildCellFile, type CellFile } from "./cell-file.js";
import type { Checker, OriginOf, RawInspection } from "./checker.js";
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

/** Names of the engine's own. */
const INTERNAL = /^__(?:cell\d+|w|args)$/;

export interface AssistanceOptions {
  readonly folder: string;
  readonly project: VirtualProject;
  readonly checker: Checker;
  readonly session: Session;
}

/** Completion and inspection of code that is being typed, in the scratch file. */
export function createAssistance({
  project,
  checker,
  session,
}: AssistanceOptions): Pick<Engine, "complete" | "inspect"> {
  /** The scratch file cannot resolve modules: its imports stand in a file of their own, as a cell before it. */
  const prepare = (code: string): { file: CellFile; path: string } => {
    let imports = "";
    const body = code.replace(IMPORT, (statement) => {
      imports += `${statement.trim()}\n`;
      return statement.replace(/[^\n]/g, " ");
    });
    const cell = readCell(body);
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

  return {
    complete(code, offset): Completions {
      const typed = IDENTIFIER_END.exec(code.slice(0, offset))?.[0] ?? "";
      const rest = IDENTIFIER_START.exec(code.slice(offset))?.[0] ?? "";
      const { file, path } = prepare(code);
      const found = checker.complete(path, file.text, file.start + offset);
      const items = found
        .filter(({ name }) => !INTERNAL.test(name))
        .map(({ name, kind, detail }) => ({ name: name.replace(/^(["'])(.*)\1$/, "$2"), kind, detail }));
      return { start: offset - typed.length, end: offset + rest.length, items };
    },

    inspect(code, offset): Inspection | undefined {
      const { file, path } = prepare(code);
      for (const at of [offset, offset - 1]) {
        const found = at >= 0 ? checker.inspect(path, file.text, file.start + at, origin) : undefined;
        if (found) return toInspection(found);
      }
      return undefined;
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
