import { escapeHtml } from "../html/escape.js";
import type { Run } from "./highlight-code.js";

/** Where a writer stands: the class of the open span ("" for none), and blanks that may still join it. */
interface Position {
  readonly className: string;
  readonly blanks: string;
}

const START: Position = { className: "", blanks: "" };

/** Writes coloured runs as HTML that only ever grows: neighbours of one class share a span, also over blanks between them. */
export interface CodeWriter {
  /** HTML of the run, and what has become certain before it; what may still change is held back. */
  write(run: Run): string;
  /** What `write` would give for these runs, with all that is held back and the closing tag; changes nothing. */
  preview(runs: readonly Run[]): string;
}

export function createCodeWriter(): CodeWriter {
  let position = START;
  return {
    write(run) {
      const step = writeRun(position, run);
      position = step.position;
      return step.html;
    },
    preview(runs) {
      let html = "";
      let at = position;
      for (const run of runs) {
        const step = writeRun(at, run);
        html += step.html;
        at = step.position;
      }
      return html + escapeHtml(at.blanks) + closeTag(at);
    },
  };
}

function writeRun(position: Position, { text, className }: Run): { html: string; position: Position } {
  if (className === position.className) {
    return { html: escapeHtml(position.blanks + text), position: { className, blanks: "" } };
  }
  if (/^[ \t]+$/.test(text)) return { html: "", position: { ...position, blanks: position.blanks + text } };
  const open = className ? `<span class="${className}">` : "";
  const html = closeTag(position) + escapeHtml(position.blanks) + open + escapeHtml(text);
  return { html, position: { className, blanks: "" } };
}

function closeTag({ className }: Position): string {
  return className ? "</span>" : "";
}
