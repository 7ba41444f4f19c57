/** A compiler that checks the files of a virtual project. Synchronous. Positions are UTF-16 offsets in the file's text. */
export interface Checker {
  /**
   * Errors of a file, after its text has been set: those of syntax, or if there are none those of types.
   * @param isParsed another parser has found its syntax to be right. @defaultValue false
   */
  check(file: string, text: string, isParsed?: boolean): readonly RawDiagnostic[];
  /** Makes a file on disk part of the project that no import names; it stays so. */
  include(file: string): void;
  /** Errors of a file on disk that is part of the project. */
  checkFile(file: string): readonly RawDiagnostic[];
  /** What is no error and worth a word, for a file as it was checked last: code that is never reached, an `await` of nothing. */
  suggestions(file: string): readonly RawDiagnostic[];
  /** Sets the text of a file. */
  write(file: string, text: string): void;
  /** Sets the text of a module that exists in memory only and can be imported. */
  define(file: string, text: string): void;
  /** What could stand at a position, best first. */
  complete(file: string, text: string, position: number): readonly RawCompletion[];
  /** The symbol at a position. `origin` says where a name of an earlier cell is declared. */
  inspect(file: string, text: string, position: number, origin: OriginOf): RawInspection | undefined;
  /** The overloads of the call whose argument list holds the position. */
  signatures(file: string, text: string, callee: number, origin: OriginOf): RawInspection | undefined;
  /** The names that a module exports, with their kinds; `position` is that of its specifier. */
  exportsOf(file: string, text: string, position: number): readonly RawCompletion[];
  /** The type of the variable at a position, as text. */
  typeAt(file: string, position: number): string | undefined;
  /** The compiler options of a tsconfig.json and of those it extends; before anything else is asked. */
  parseConfig(file: string): Readonly<Record<string, unknown>>;
  /** What is wrong in a tsconfig.json and in those it extends; before anything else is asked. */
  configErrors(file: string): readonly RawDiagnostic[];
  /** The files on disk that the project has read so far, other than those of packages. */
  localFiles(): readonly string[];
  /** Files on disk have changed. */
  changed(files: readonly string[]): void;
  /** Anything on disk may have changed: packages were installed. */
  invalidate(): void;
  /** Memory of the compiler's process, in bytes; 0 when it has none of its own or none is known. */
  readonly memory: number;
  close(): void;
}

export type OriginOf = (name: string) => { readonly file: string; readonly position: number } | undefined;

export interface RawDiagnostic {
  /** Undefined for the file that was checked. */
  readonly file: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly code: number;
  readonly message: string;
  readonly isSyntax: boolean;
  readonly related: readonly RawDiagnostic[];
}

export interface RawCompletion {
  readonly name: string;
  readonly kind: string;
  /** What stands behind the name in a menu, such as its type; empty when not known. */
  readonly detail: string;
}

export interface RawInspection {
  readonly signature: string;
  readonly documentation: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

/** The checker cannot be kept alive. */
export class CheckerGone extends Error {
  override readonly name = "CheckerGone";
}

/** The checker was ended because it took too long: what it was asked cannot be answered. */
export class CheckerStopped extends Error {
  override readonly name = "CheckerStopped";
}

/** The checker died of a file each time that it was asked, and lives without it. */
export class CheckerCrashed extends Error {
  override readonly name = "CheckerCrashed";
}
