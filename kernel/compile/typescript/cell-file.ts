import { continuedBy, type SessionNames } from "./names.js";
import { identifiersIn, type Prelude, writePrelude } from "./prelude.js";
import type { Declarations } from "./read-declarations.js";

/** The file that is checked for a cell: a line that brings in earlier names, the user's text, and its exports. */
export interface CellFile {
  readonly text: string;
  /** Where the user's text stands in it. */
  readonly start: number;
  readonly end: number;
  /** Slots of the cells it refers to. */
  readonly uses: ReadonlySet<number>;
  /** Statements that ask whether a value fits the type that its name had before. */
  readonly probes: readonly { readonly name: string; readonly start: number; readonly end: number }[];
}

export interface CellFileOptions {
  readonly slot: number;
  readonly names: SessionNames;
  readonly text: string;
  readonly declarations: Declarations;
  /** Names to bring in beside those the text mentions. */
  readonly also?: Iterable<string>;
  /** For code that is being typed: brings in every name, and asks nothing. */
  readonly isScratch?: boolean;
}

/** What must stay on top: `// @ts-nocheck`, `/** @jsx h *\/`. */
const PRAGMA = /^\s*(?:\/\/[^\n]*\n\s*)*(?:\/\/\s*@ts-(?:nocheck|check)[^\n]*|\/\*\*?\s*@jsx[^*]*\*\/)/;

export function buildCellFile(options: CellFileOptions): CellFile {
  const { slot, names, text, declarations, also = [], isScratch = false } = options;
  const mentioned = isScratch ? names.keys() : [...identifiersIn(text), ...also];
  const prelude: Prelude = writePrelude(names, mentioned, declarations);
  const pragma = PRAGMA.exec(text)?.[0].replaceAll("\n", " ") ?? "";
  // Right after an alias, 7.0.2 completes nothing but a keyword.
  const above = isScratch ? prelude.text.replace(/\n$/, " void 0;\n") : prelude.text;
  const head = pragma.startsWith("//") ? `${pragma}\n${above}` : pragma + above;
  let file = head + text;
  const start = head.length;
  const end = file.length;

  // One specifier exports a value, a type and a namespace of that name.
  const exported = [...declarations.keys()].join(", ");
  file += `\n;export {}; declare global { namespace __cell${slot} { export { ${exported} } } }`;
  const probes: { name: string; start: number; end: number }[] = [];
  for (const [name, declared] of isScratch ? [] : declarations) {
    const known = names.get(name);
    const old = known?.value;
    if (!old || !declared.value || declared.kind === "import" || old.kind === "import") continue;
    if (continuedBy(known, declared)) continue;
    const from = file.length;
    const before = old.pin === undefined ? `let __w = __cell${old.slot}.${name}` : `let __w!: ${old.pin}`;
    file += `\n{ ${before}; ${name} satisfies typeof __w; }`;
    probes.push({ name, start: from, end: file.length });
  }
  return { text: file, start, end, uses: prelude.uses, probes };
}
