import type { Diagnostic } from "../compile/engine.js";

/** A cell that does not compile. */
export class CompileError extends Error {
  override readonly name = "CompileError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super("The cell does not compile.");
    this.diagnostics = diagnostics;
  }
}
