/**
 * A notebook as nbformat 4 stores it, as far as a page needs it. Loose: other fields may stand anywhere, and texts may be one
 * string or a list of lines.
 * @see https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export interface NotebookDocument {
  readonly cells: readonly NotebookCell[];
  readonly metadata?: NotebookMetadata | undefined;
}

/** What a page reads of a notebook's metadata. */
export interface NotebookMetadata {
  readonly title?: unknown;
  readonly kernelspec?: { readonly language?: unknown; readonly [field: string]: unknown } | undefined;
  readonly language_info?: { readonly name?: unknown } | undefined;
  readonly [field: string]: unknown;
}

export type MultilineText = string | readonly string[];

/** A cell, as a page draws it. */
export interface NotebookCell {
  /** "code", "markdown" or "raw". */
  readonly cell_type: string;
  readonly source: MultilineText;
  readonly execution_count?: number | null | undefined;
  readonly outputs?: readonly NotebookOutput[] | undefined;
  /** File name → media type → base64. */
  readonly attachments?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
  readonly [field: string]: unknown;
}

/** One of stream, error, display_data and execute_result; which fields there are depends on it. */
export interface NotebookOutput {
  readonly output_type: string;
  readonly name?: string | undefined;
  readonly text?: MultilineText | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly ename?: string | undefined;
  readonly evalue?: string | undefined;
  readonly traceback?: readonly string[] | undefined;
  readonly [field: string]: unknown;
}

/** The text of a field that may be a list of lines; "" for anything else. */
export function joinLines(text: unknown): string {
  if (typeof text === "string") return text;
  return Array.isArray(text) ? text.filter((line) => typeof line === "string").join("") : "";
}
