/** Checks and emits the cells of one notebook, and knows what they declared. Lives on the compile thread; synchronous. */
export interface Engine {
  /** Type-checks and emits a cell. Later cells see what it declares from {@link Engine.commit} on. */
  compile(cell: CellSource): CompileResult;
  /**
   * Makes the declarations of a compiled cell visible: it ran, or failed while running.
   * @param live the values of {@link SlotBinding.values} that it has; a cell that failed may lack some.
   */
  commit(key: string, live: readonly string[]): void;
  /** A compiled cell has ended, and nothing that it declared counts. */
  discard(key: string): void;
  /** Emits a local module that code imports by a name it has made up, with what it imports; those that are new or have changed. */
  emitModule(path: string): ModuleResult;
  /** What could stand at this UTF-16 offset. */
  complete(code: string, offset: number): Completions;
  /** What stands at or just before this UTF-16 offset. */
  inspect(code: string, offset: number): Inspection | undefined;
  isComplete(code: string): Completeness;
  /** Forgets what was committed. */
  reset(): void;
  /** Looks at the packages on disk again: some were installed, updated or removed. */
  refresh(): void;
  describe(): EngineDescription;
  /** Loads what the first cell needs. */
  warmUp(): void;
}

/** What checks the cells. */
export interface EngineDescription {
  readonly name: EngineName;
  /** Of its TypeScript. */
  readonly version: string;
  /** Memory of processes of its own, in bytes; 0 without. */
  readonly memory: number;
}

export const ENGINE_NAMES = ["typescript", "tslab"] as const;

/** `typescript`: TypeScript 7; `tslab`: tslab's converter on TypeScript 5.0. */
export type EngineName = (typeof ENGINE_NAMES)[number];

export interface CellSource {
  /** Unique in the session. */
  readonly key: string;
  readonly code: string;
  /** The slot it had before, when it is compiled once more by another thread. */
  readonly slot?: number;
}

export type CompileResult = Emitted | Rejected;

/** A cell that may run. */
export interface Emitted {
  readonly ok: true;
  readonly script: Script;
  /** True when the script must be the body of an async function. A top-level `for await` can leave it false: then the
   * body does not parse as a synchronous one. */
  readonly isAsync: boolean;
  readonly binding: Binding;
  /** Local modules the cell imports (`./helper.ts`), by absolute path; only those that are new or have changed. */
  readonly modules: readonly LocalModule[];
  /** What is worth a word and keeps nothing from running. */
  readonly warnings: readonly Diagnostic[];
  /** What the user must be told of the engine itself, such as that another one had to take over. */
  readonly notice?: string;
}

/** How a script is connected with those of other cells. */
export type Binding = CommonJsBinding | SlotBinding;

/** The script is the body of a function of `exports`, which holds all variables of the notebook, and `require`. */
export interface CommonJsBinding {
  readonly type: "commonjs";
  /** The export that holds the value of the last expression. */
  readonly resultName: string | undefined;
}

/**
 * The script is the body of a function of {@link SLOT_PARAMETERS} and the scopes of the cells it uses, `__cellN`. Each
 * cell has a scope of its own; what it declares are real variables, with accessors on that scope for the others.
 */
export interface SlotBinding {
  readonly type: "slots";
  /** The number by which later scripts refer to this cell's scope, in place of any that had it before. */
  readonly slot: number;
  readonly uses: readonly number[];
  /** Names that the scope has once the cell has run. */
  readonly values: readonly string[];
  /** Values of earlier cells that these take the place of, also for code that has been compiled already. */
  readonly replaces: readonly { readonly name: string; readonly slot: number }[];
}

/** Scope of the cell, object for the value of its last expression, `import()`, `import.meta`, and what CommonJS modules know. */
export const SLOT_PARAMETERS = [
  "__e",
  "__r",
  "__import",
  "__meta",
  "require",
  "__filename",
  "__dirname",
] as const;

export type ModuleResult =
  | { readonly ok: true; readonly modules: readonly LocalModule[]; readonly notice?: string }
  | Rejected;

/** Text of a function's body. */
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
  /** Where imports look for it: its file or, for CommonJS, the path of the JavaScript it would be compiled to. */
  readonly path: string;
  /** What the user wrote: `helper.ts`, relative to the notebook's folder. */
  readonly source: string;
}

/** A cell with errors; it does not run. */
export interface Rejected {
  readonly ok: false;
  readonly diagnostics: readonly Diagnostic[];
  readonly notice?: string;
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
  /** Other places that it has to do with. */
  readonly related?: readonly RelatedPlace[];
}

export interface RelatedPlace {
  /** The cell itself when undefined; else a path, or words such as "an earlier cell". */
  readonly file: string | undefined;
  /** Both from 1; undefined where the text is not known. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

export interface Completions {
  /** The range of the code that a match replaces, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Best first. */
  readonly items: readonly CompletionItem[];
}

export interface CompletionItem {
  /** What replaces the range. */
  readonly name: string;
  readonly kind: string;
  /** Its type, or where it would be imported from; for menus that show it. */
  readonly detail?: string;
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
  "discard",
  "emitModule",
  "complete",
  "inspect",
  "isComplete",
  "reset",
  "refresh",
  "describe",
  "warmUp",
] as const satisfies readonly (keyof Engine)[];
