/** Checks and emits the cells of one notebook, and knows what they declared. Lives on the compile thread; synchronous. */
export interface Engine {
  /** Type-checks and emits a cell. Later cells see what it declares from {@link Engine.commit} on. */
  compile(cell: CellSource): CompileResult;
  /** Makes the declarations of a compiled cell visible: it ran, or failed while running. */
  commit(key: string): void;
  /** What could stand at this UTF-16 offset. */
  complete(code: string, offset: number): Completions;
  /** What stands at or just before this UTF-16 offset. */
  inspect(code: string, offset: number): Inspection | undefined;
  isComplete(code: string): Completeness;
  /** Forgets what was committed. */
  reset(): void;
  /** Looks at the packages on disk again: some were installed, updated or removed. */
  refresh(): void;
}

export interface CellSource {
  /** Unique in the session. */
  readonly key: string;
  readonly code: string;
}

export type CompileResult = Emitted | Rejected;

/** A cell that may run. */
export interface Emitted {
  readonly ok: true;
  readonly script: Script;
  /** True when the script must be the body of an async function. A top-level `for await` can leave it false: then the
   * body does not parse as a synchronous one. */
  readonly isAsync: boolean;
  /** The export that holds the value of the last expression. */
  readonly resultName: string | undefined;
  /** Local modules the cell imports (`./helper.ts`), by absolute path; only those that are new or have changed. */
  readonly modules: readonly LocalModule[];
}

/** CommonJS text: the body of a function of `exports` (the variables of the notebook) and `require`. */
export interface Script {
  readonly text: string;
  /** Source maps from the text back to what the user wrote, to be applied one after the other. */
  readonly sourceMaps: readonly string[];
  /** Lines the engine put before the user's text: to be subtracted from mapped line numbers. */
  readonly prefixLines: number;
  /** Module specifiers in the text. */
  readonly imports: readonly string[];
}

export interface LocalModule extends Script {
  /** Where `require` looks for it: the path of the JavaScript it would be compiled to. */
  readonly path: string;
  /** What the user wrote: `helper.ts`, relative to the notebook's folder. */
  readonly source: string;
}

/** A cell with errors; it does not run. */
export interface Rejected {
  readonly ok: false;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Diagnostic {
  /** Relative path of a local module; undefined for the cell itself. */
  readonly file: string | undefined;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Characters concerned on that line; at least 1. */
  readonly length: number;
  /** The compiler's number, as in `TS2304`. */
  readonly code: number;
  readonly message: string;
}

export interface Completions {
  /** The range of the code that a match replaces, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Best first. */
  readonly items: readonly { readonly name: string; readonly kind: string }[];
}

export interface Inspection {
  readonly signature: string;
  /** Markdown. */
  readonly documentation: string;
}

export type Completeness =
  | { readonly status: "complete" | "invalid" | "unknown" }
  | { readonly status: "incomplete"; readonly indent: string };

/** The methods, for the calls between threads. */
export const ENGINE_METHODS = [
  "compile",
  "commit",
  "complete",
  "inspect",
  "isComplete",
  "reset",
  "refresh",
] as const satisfies readonly (keyof Engine)[];
