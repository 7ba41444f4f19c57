import { withoutRemoved } from "../../renderers/page/cell-tags.js";
import { mergeStreams } from "../../renderers/page/merge-streams.js";
import { isCodeCell, type Notebook, type Output } from "../notebook/notebook.js";
import { redactNotebook } from "../redact/redact-notebook.js";
import type { RedactionReport } from "../redact/redaction-report.js";
import { createRedactor } from "../redact/redactor.js";

/**
 * A notebook as it may be handed on, whatever it becomes: without what tags of its cells remove, and without secrets and home
 * folders. The notebook itself stays as it is.
 *
 * @param redact false leaves secrets and paths in
 * @returns the copy, and what was taken out of it; undefined when it was not looked through.
 */
export function prepareNotebook(
  notebook: Notebook,
  { redact }: { readonly redact: boolean },
): { readonly notebook: Notebook; readonly redacted: RedactionReport | undefined } {
  const kept = withoutRemoved(notebook) as Notebook;
  if (!redact) return { notebook: kept, redacted: undefined };
  const redactor = createRedactor();
  const clean = redactNotebook({ ...kept, cells: kept.cells.map(withWholeStreams) }, redactor);
  return { notebook: clean, redacted: redactor.report() };
}

/** A program may print a secret in two pieces, of which neither looks like one. */
function withWholeStreams(cell: Notebook["cells"][number]): Notebook["cells"][number] {
  return isCodeCell(cell) ? { ...cell, outputs: mergeStreams(cell.outputs) as Output[] } : cell;
}
