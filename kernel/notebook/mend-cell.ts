import { joinLines } from "../../renderers/page/notebook-document.js";
import type { Cell, Output } from "./notebook.js";

/** What checking an output says. */
type Checked = { readonly success: true; readonly data: unknown } | { readonly success: false };

/** What is left of a damaged cell: its text, and the outputs that can be read. What cannot is named where it stood. */
export function mendCell(value: unknown, check: (output: unknown) => Checked): Cell {
  const { cell_type, source, metadata, outputs, id, execution_count } = isObject(value) ? value : {};
  const base = {
    ...(typeof id === "string" && { id }),
    metadata: isObject(metadata) ? metadata : {},
    source: joinLines(source),
  };
  if (cell_type === "markdown") return { ...base, cell_type };
  if (cell_type !== "code")
    return { ...base, cell_type: "raw", source: `This cell cannot be read: ${shorten(value)}` };
  const found = Array.isArray(outputs) ? outputs : [outputs];
  return {
    ...base,
    cell_type,
    execution_count: typeof execution_count === "number" ? execution_count : null,
    outputs: found
      .filter((output) => output !== undefined && output !== null)
      .map((output) => mended(output, check)),
  };
}

function mended(output: unknown, check: (output: unknown) => Checked): Output {
  const checked = check(output);
  if (checked.success) return checked.data as Output;
  return { output_type: "stream", name: "stderr", text: `This output cannot be read: ${shorten(output)}\n` };
}

/** Longest piece of damaged data that is shown, in characters. */
const MAX_SHOWN = 300;

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)} …` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
