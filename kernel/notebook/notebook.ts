/**
 * A notebook in memory, nbformat 4: multi-line strings are joined, so that `source` and `text` are always one string.
 * Fields that are not named here are kept as they are.
 * @see https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export interface Notebook {
  nbformat: 4;
  nbformat_minor: number;
  metadata: NotebookMetadata;
  cells: Cell[];
  [field: string]: unknown;
}

/** What a notebook says of itself; fields that are not named here are kept. */
export interface NotebookMetadata {
  kernelspec?: {
    name?: string | undefined;
    display_name?: string | undefined;
    language?: string | undefined;
    [field: string]: unknown;
  };
  language_info?: { name?: string | undefined; [field: string]: unknown };
  [field: string]: unknown;
}

interface CellBase {
  id?: string | undefined;
  metadata: { tags?: string[] | undefined; [field: string]: unknown };
  source: string;
  /** File name → media type → base64 or text. */
  attachments?: Record<string, OutputData> | undefined;
  [field: string]: unknown;
}

/** A cell that runs, with its outputs. */
export interface CodeCell extends CellBase {
  cell_type: "code";
  execution_count: number | null;
  outputs: Output[];
}

/** Markdown, raw, or a kind that a later minor version added. */
export interface TextCell extends CellBase {
  cell_type: string;
}

/** A cell of a notebook, nbformat 4. */
export type Cell = CodeCell | TextCell;

/** Media type → text, or JSON for `application/json` and `+json` types. */
export type OutputData = Record<string, unknown>;

/** What a cell printed on stdout or stderr. */
export interface StreamOutput {
  output_type: "stream";
  name: string;
  text: string;
  [field: string]: unknown;
}

/** What a cell displayed. */
export interface DisplayOutput {
  output_type: "display_data";
  data: OutputData;
  metadata: OutputData;
  [field: string]: unknown;
}

/** The value of a cell's last expression. */
export interface ResultOutput {
  output_type: "execute_result";
  execution_count: number | null;
  data: OutputData;
  metadata: OutputData;
  [field: string]: unknown;
}

/** The error that ended a cell. */
export interface ErrorOutput {
  output_type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
  [field: string]: unknown;
}

/** An output of a code cell. */
export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

export function isCodeCell(cell: Cell): cell is CodeCell {
  return cell.cell_type === "code";
}
