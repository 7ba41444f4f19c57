import type { SessionTurn } from "../../../renderers/session/session-turns.js";
import { checkWritable } from "../../notebook/write-output.js";
import { redactTurns } from "../../redact/redact-turns.js";
import type { RedactionReport } from "../../redact/redaction-report.js";
import { createRedactor } from "../../redact/redactor.js";
import { readSavedSession } from "./read-saved-session.js";

/** A conversation that may be handed on. */
export interface OpenedSession {
  /** The title that the conversation was given. */
  readonly title: string | undefined;
  readonly turns: readonly SessionTurn[];
  /** What was taken out; undefined when it was not looked through. */
  readonly redacted: RedactionReport | undefined;
}

/**
 * Reads a saved conversation of which something is written to `output`, without secrets and home folders.
 *
 * @param redact false alone leaves them in.
 * @throws HostError when it cannot be read, or nothing can be written to `output`.
 */
export async function openSession(
  path: string,
  output: string,
  redact: boolean | undefined,
): Promise<OpenedSession> {
  const { title, turns } = await readSavedSession(path);
  await checkWritable(output);
  if (redact === false) return { title, turns, redacted: undefined };
  const redactor = createRedactor();
  const shown = redactTurns(turns, redactor);
  const own = title && redactor.text(title, "title");
  return { title: own, turns: shown, redacted: redactor.report() };
}
