import { ansiHtmlLines } from "../ansi/ansi-html.js";
import { escapeHtml } from "../html/escape.js";
import { sectionHtml } from "../sections/section-html.js";
import { dataHtml } from "./data-html.js";
import { mergeStreams } from "./merge-streams.js";
import { noteHtml, reasonOf } from "./note-html.js";
import { joinLines, type NotebookOutput } from "./notebook-document.js";
import type { OutputContext } from "./output-context.js";

/** The outputs of a cell as HTML, in order; text of one stream that came in pieces is one text. */
export function outputsHtml(outputs: readonly NotebookOutput[], context: OutputContext): string {
  const found: unknown = outputs;
  if (!Array.isArray(found)) return noteHtml("the outputs of this cell are no list, so none is shown");
  return mergeStreams(outputs.filter((output) => typeof output === "object" && output !== null))
    .map((output) => outputHtml(output, context))
    .filter(Boolean)
    .join("\n");
}

type DrawOutput = (output: NotebookOutput, context: OutputContext) => string;

const OUTPUT_TYPES: Readonly<Record<string, DrawOutput>> = {
  stream: (output) => streamHtml(joinLines(output.text), output.name === "stderr"),
  error: (output) => errorHtml(output),
  display_data: ({ data }, context) => dataHtml(data ?? {}, context),
  execute_result: ({ data }, context) => dataHtml(data ?? {}, context),
};

function outputHtml(output: NotebookOutput, context: OutputContext): string {
  const type = String(output.output_type);
  const draw = Object.hasOwn(OUTPUT_TYPES, type) ? OUTPUT_TYPES[type] : undefined;
  if (!draw) return noteHtml(`output of the unknown type ${type}`);
  try {
    return draw(output, context);
  } catch (error) {
    return noteHtml(`this output of type ${type} cannot be drawn: ${reasonOf(error)}`);
  }
}

function streamHtml(text: string, isError: boolean): string {
  if (text === "") return "";
  const section = sectionHtml({ type: "output", text, ...(isError ? { label: "stderr" } : {}) }, () => "");
  return `<div class="cn cn-stream${isError ? " cn-stderr" : ""}">${section}</div>`;
}

/** An error with its traceback, which already says name and message when there is one. */
function errorHtml({ ename = "Error", evalue = "", traceback = [] }: NotebookOutput): string {
  const text = joinLines(traceback.map((line) => `${line}\n`)) || `${ename}: ${evalue}`;
  const title = `<b class="cn-name">✗ ${escapeHtml(String(ename))}</b>`;
  const lines = ansiHtmlLines(text.trimEnd()).join("\n");
  return `<div class="cn"><div class="cn-panel cn-notice cn-error cn-trace">${title}<pre>${lines}</pre></div></div>`;
}
