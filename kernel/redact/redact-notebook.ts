import type { MimeBundle } from "../../renderers/bundle/mime-bundle.js";
import { parseResponseBundle } from "../../renderers/bundle/parse-response-bundle.js";
import { renderParts } from "../../renderers/bundle/render-parts.js";
import { joinLines } from "../../renderers/page/notebook-document.js";
import { RESPONSE_MIME } from "../../renderers/response/parts.js";
import { HTML, MARKDOWN, type Markup } from "../../src/redact/replace-as-shown.js";
import { type Cell, isCodeCell, type Notebook, type Output, type OutputData } from "../notebook/notebook.js";
import type { Redactor } from "./redactor.js";

/** A notebook without secrets and home folders: in all its fields, also those of other programs. Cells are counted from 1. */
export function redactNotebook(notebook: Notebook, redactor: Redactor): Notebook {
  const { cells, ...rest } = notebook;
  return {
    ...(redactor.json(rest, "metadata of the notebook") as Notebook),
    cells: cells.map((cell, i) => redactCell(cell, i + 1, redactor)),
  };
}

function redactCell(cell: Cell, number: number, redactor: Redactor): Cell {
  const place = `cell ${number}`;
  const { id, source, attachments, outputs, ...rest } = cell;
  // What a reader sees first is told first.
  const cleanSource = redactor.text(source, place, isCodeCell(cell) ? undefined : MARKDOWN);
  return {
    ...(redactor.json(rest, place) as Cell),
    ...(id !== undefined && { id: redactId(id, number, redactor) }),
    source: cleanSource,
    ...(attachments && {
      attachments: mapEntries(attachments, (name, bundle) => [
        redactor.text(name, place),
        redactBundle(bundle, place, redactor),
      ]),
    }),
    ...(isCodeCell(cell)
      ? { outputs: cell.outputs.map((output) => redactOutput(output, place, redactor)) }
      : outputs !== undefined && { outputs: redactor.json(outputs, place) }),
  };
}

/** Letters, digits, `-` and `_` are all that may stand in a cell's id. */
function redactId(id: string, number: number, redactor: Redactor): string {
  return redactor.text(id, `cell ${number}`) === id ? id : `redacted-${number}`;
}

function redactOutput(output: Output, place: string, redactor: Redactor): Output {
  if (output.output_type === "error") {
    const { traceback, ...rest } = output;
    return { ...(redactor.json(rest, place) as typeof output), traceback: redactor.lines(traceback, place) };
  }
  if (output.output_type === "stream") return redactor.json(output, place) as Output;
  const { data, ...rest } = output;
  return { ...(redactor.json(rest, place) as typeof output), data: redactBundle(data, place, redactor) };
}

/** Pictures, sound and archives have no text to look through. */
const BINARY = /^(?:image\/(?!svg)|audio\/|video\/|font\/)|^application\/(?:pdf|zip|octet-stream)$/;

/** What the data of these is written with. A key holds other signs. */
const BASE64 = /^[A-Za-z0-9+/=\s]*$/;

/** What else than plain text a media type is. The first that matches counts. */
const MARKUPS: readonly (readonly [pattern: RegExp, markup: Markup])[] = [
  [/^text\/(?:html|xml)\b|[/+](?:xhtml\+)?xml\b/, HTML],
  [/^text\/(?:markdown|latex)\b/, MARKDOWN],
];

function redactBundle(data: OutputData, place: string, redactor: Redactor): OutputData {
  const drawn = redrawnResponse(data, place, redactor);
  const own = Object.entries(data).map(([mediaType, value]): [string, unknown] => {
    const type = redactor.text(mediaType, place);
    if (Object.hasOwn(drawn, mediaType)) return [type, drawn[mediaType]];
    if (BINARY.test(mediaType) && typeof value === "string" && BASE64.test(value)) return [type, value];
    const markup = mediaType === RESPONSE_MIME ? MARKDOWN : MARKUPS.find(([is]) => is.test(mediaType))?.[1];
    return [type, redactor.json(value, place, markup)];
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
  const clean = redactor.json(found, place, MARKDOWN);
  if (JSON.stringify(clean) === JSON.stringify(found)) return {};
  const bundle = parseResponseBundle(clean);
  if (!bundle) return { [RESPONSE_MIME]: clean };
  const includeStyle = joinLines(data["text/html"]).includes("<style>");
  return renderParts(bundle.parts, { includeStyle, response: bundle.response });
}

function mapEntries<A, B>(
  record: Readonly<Record<string, A>>,
  map: (name: string, value: A) => [name: string, value: B],
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => map(name, value)));
}
