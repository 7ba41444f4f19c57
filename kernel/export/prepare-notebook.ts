import { withoutRemoved } from "../../renderers/page/cell-tags.js";
import { mergeStreams } from "../../renderers/page/merge-streams.js";
import { isCodeCell, type Notebook, type Output } from "../notebook/notebook.js";
import { redactNotebook } from "../redact/redact-notebook.js";
import type { RedactionReport } from "../redact/redaction-report.js";
import { createRedactor } from "../redact/redactor.js";
import { clipOutputs } from "./clip-outputs.js";

interface PrepareOptions {
  /** The name of its file, which a page may be headed with. */
  readonly file: string;
  /** False leaves secrets and home folders in. */
  readonly redact: boolean;
  /** Home folders stay in, secrets do not. @defaultValue false */
  readonly keepsHomes?: boolean | undefined;
  /** Longer outputs stay whole, for the notebook itself is handed on; a page shows less. @defaultValue false */
  readonly isSaved?: boolean | undefined;
}

export interface PreparedNotebook {
  readonly notebook: Notebook;
  /** The name of its file. */
  readonly file: string;
  readonly redacted: RedactionReport | undefined;
}

/**
 * A notebook as it may be handed on, whatever it becomes: without what tags of its cells remove, without secrets and home
 * folders, and with outputs of a bounded size. The notebook itself stays as it is.
 *
 * @returns the copy, and what was taken out of it; undefined when it was not looked through.
 */
export function prepareNotebook(
  notebook: Notebook,
  { file, redact, keepsHomes, isSaved = false }: PrepareOptions,
): PreparedNotebook {
  const whole = withoutRemoved(notebook) as Notebook;
  const cells = whole.cells.map((cell) => clipOutputs(withWholeStreams(cell), isSaved));
  const kept = { ...whole, cells };
  if (!redact) return { notebook: kept, file, redacted: undefined };
  const redactor = createRedactor({ keepsHomes });
  const clean = redactNotebook(kept, redactor);
  const cleanFile = redactor.text(file, "name of the file");
  return { notebook: clean, file: cleanFile, redacted: redactor.report() };
}

/** A program may print a secret in two pieces, of which neither looks like one. */
function withWholeStreams(cell: Notebook["cells"][number]): Notebook["cells"][number] {
  return isCodeCell(cell) ? { ...cell, outputs: mergeStreams(cell.outputs) as Output[] } : cell;
}
