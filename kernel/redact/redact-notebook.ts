import type { MimeBundle } from "../../renderers/bundle/mime-bundle.js";
import { parseResponseBundle } from "../../renderers/bundle/parse-response-bundle.js";
import { renderParts } from "../../renderers/bundle/render-parts.js";
import { joinLines } from "../../renderers/page/notebook-document.js";
import { RESPONSE_MIME } from "../../renderers/response/parts.js";
import { HTML } from "../../src/redact/replace-as-shown.js";
import { type Cell, isCodeCell, type Notebook, type Output, type OutputData } from "../notebook/notebook.js";
import type { Redactor } from "./redactor.js";

/** A notebook without secrets and home folders: in sources, outputs, attachments and metadata. Cells are counted from 1. */
export function redactNotebook(notebook: Notebook, redactor: Redactor): Notebook {
  return {
    ...notebook,
    metadata: redactor.json(notebook.metadata, "metadata of the notebook") as Notebook["metadata"],
    cells: notebook.cells.map((cell, i) => redactCell(cell, `cell ${i + 1}`, redactor)),
  };
}

function redactCell(cell: Cell, place: string, redactor: Redactor): Cell {
  const { attachments } = cell;
  return {
    ...cell,
    source: redactor.text(cell.source, place),
    metadata: redactor.json(cell.metadata, place) as Cell["metadata"],
    ...(attachments && {
      attachments: mapValues(attachments, (bundle) => redactBundle(bundle, place, redactor)),
    }),
    ...(isCodeCell(cell) && { outputs: cell.outputs.map((output) => redactOutput(output, place, redactor)) }),
  };
}

function redactOutput(output: Output, place: string, redactor: Redactor): Output {
  if (output.output_type === "stream") return { ...output, text: redactor.text(output.text, place) };
  if (output.output_type === "error") {
    const { ename, evalue, traceback } = output;
    return {
      ...output,
      ename: redactor.text(ename, place),
      evalue: redactor.text(evalue, place),
      traceback: redactor.lines(traceback, place),
    };
  }
  const metadata = redactor.json(output.metadata, place) as OutputData;
  return { ...output, data: redactBundle(output.data, place, redactor), metadata };
}

/** Pictures, sound and archives have no text to look through. */
const BINARY = /^(?:image\/(?!svg)|audio\/|video\/|font\/)|^application\/(?:pdf|zip|octet-stream)$/;

const MARKUP = /^(?:text\/html|image\/svg\+xml|application\/xhtml\+xml)$/;

function redactBundle(data: OutputData, place: string, redactor: Redactor): OutputData {
  const drawn = redrawnResponse(data, place, redactor);
  const own = Object.entries(data).map(([mediaType, value]): [string, unknown] => {
    if (Object.hasOwn(drawn, mediaType)) return [mediaType, drawn[mediaType]];
    if (typeof value !== "string") return [mediaType, redactor.json(value, place)];
    if (BINARY.test(mediaType)) return [mediaType, value];
    return [mediaType, redactor.text(value, place, MARKUP.test(mediaType) ? HTML : undefined)];
  });
  return Object.fromEntries(own);
}

/**
 * The forms of a response of ours, drawn again when something was taken out of its parts: what is secret by the name of its field
 * cannot be told in the HTML of a panel. Empty when there is nothing to draw again.
 */
function redrawnResponse(data: OutputData, place: string, redactor: Redactor): MimeBundle {
  const found = data[RESPONSE_MIME];
  if (found === undefined || !parseResponseBundle(found)) return {};
  const clean = redactor.json(found, place);
  if (JSON.stringify(clean) === JSON.stringify(found)) return {};
  const bundle = parseResponseBundle(clean);
  if (!bundle) return { [RESPONSE_MIME]: clean };
  const includeStyle = joinLines(data["text/html"]).includes("<style>");
  return renderParts(bundle.parts, { includeStyle, response: bundle.response });
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
