import type { Diagnostic as TslabDiagnostic } from "tslab/dist/converter.js";
import type { Diagnostic } from "../engine.js";

/**
 * Errors about declarations that cannot be written down ("has or is using name … but cannot be named"). They concern the
 * declaration file that carries types to later cells, not the user's code; there the type becomes `any`.
 */
export function isDeclarationEmitError(code: number): boolean {
  return code === 2742 || (code >= 4000 && code <= 4103);
}

/**
 * The converter's diagnostics as the engine's. tslab gives the links of a message chain ("not assignable …: types of
 * property …") as diagnostics of one place; here they are lines of one message.
 */
export function convertDiagnostics(found: readonly TslabDiagnostic[]): Diagnostic[] {
  const merged: (Diagnostic & { message: string })[] = [];
  let previous: TslabDiagnostic | undefined;
  for (const each of found) {
    const { start, end, messageText, code, fileName } = each;
    const isLink = previous?.start.offset === start.offset && previous.end.offset === end.offset;
    const last = merged.at(-1);
    if (last && isLink) last.message += `\n  ${messageText}`;
    else {
      merged.push({
        file: fileName,
        line: start.line + 1,
        column: start.character + 1,
        length: end.line === start.line ? Math.max(1, end.character - start.character) : 1,
        code,
        message: messageText,
      });
    }
    previous = each;
  }
  return merged;
}
