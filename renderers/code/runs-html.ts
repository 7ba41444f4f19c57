import { escapeHtml } from "../html/escape.js";
import { createCodeWriter } from "./code-writer.js";
import { highlightCode, type Run, splitRunLines } from "./highlight-code.js";

/** HTML of coloured runs: one span for each coloured one, plain text for the others, `<b>` for marked text. */
export function runsHtml(runs: readonly Run[]): string {
  return runs.map(runHtml).join("");
}

function runHtml({ text, className, marked }: Run): string {
  const coloured = className ? `<span class="${className}">${escapeHtml(text)}</span>` : escapeHtml(text);
  return marked ? `<b class="cn-mark">${coloured}</b>` : coloured;
}

/** Code in a box, with its language at the corner when `label` is given. Read without style it is a label and a `<pre>`. */
export function codeBlockHtml(code: string, language: string | undefined, label?: string): string {
  const corner = label ? `<span class="cn-lang">${escapeHtml(label)}</span>` : "";
  const html = createCodeWriter().preview(highlightCode(code, language));
  return `<div class="highlight cn-code">${corner}<pre>${html}</pre></div>`;
}

/** Lines of a file with their numbers, for a `<pre>`; a selection leaves the numbers out. One HTML string for each line. */
export function numberedLinesHtml(code: string, language: string | undefined, firstLine = 1): string[] {
  const lines = splitRunLines(highlightCode(code, language));
  const width = String(firstLine + lines.length - 1).length;
  return lines.map(
    (line, i) => `<span class="cn-n">${String(firstLine + i).padStart(width)}  </span>${runsHtml(line)}`,
  );
}
