import type { Diagnostic } from "../engine.js";
import type { RawDiagnostic } from "./checker.js";
import type { CompilerOptions } from "./compiler-options.js";

/** "'await' has no effect on the type of this expression." */
const USELESS_AWAIT = 80007;
/** "Unreachable code detected." */
const UNREACHABLE = 7027;
/** "Unused label." */
const UNUSED_LABEL = 7028;
/** "Could not find a declaration file for module …" */
const UNTYPED_MODULE = 7016;

/** Words without which a cell has none of these, nor imports: asking costs a millisecond. */
const SUSPICIOUS =
  /\b(?:await|import|return|throw|break|continue)\b|:\s*(?:for|while|do)\b|\bwhile\s*\(true\)|\bfor\s*\(;;\)/;

export function mayHaveWarnings(code: string): boolean {
  return SUSPICIOUS.test(code);
}

/** Of the compiler's suggestions those that point at a mistake; the others are about style. */
export function isWarning({ code }: RawDiagnostic): boolean {
  return [USELESS_AWAIT, UNREACHABLE, UNUSED_LABEL, UNTYPED_MODULE].includes(code);
}

/** A package without types can be used all the same, unless the user's own options forbid it. */
export function splitErrors(
  diagnostics: readonly Diagnostic[],
  user: CompilerOptions,
): { errors: Diagnostic[]; warnings: Diagnostic[] } {
  const allowsUntyped = user.noImplicitAny !== true && user.strict !== true;
  const errors: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  for (const each of diagnostics) {
    const isHarmless =
      each.code === USELESS_AWAIT ||
      each.code === UNREACHABLE ||
      (each.code === UNTYPED_MODULE && allowsUntyped);
    (isHarmless ? warnings : errors).push(each);
  }
  return { errors, warnings };
}
