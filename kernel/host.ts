import type { CommRegistry } from "./comm.js";
import type { LiveResponses } from "./live/live-responses.js";
import type { CellError, CellJournal, CellOutput } from "./run/journal-entry.js";

/** What a cell's code may do to the notebook that runs it; implemented by the kernel, used by the display functions. */
export interface NotebookHost {
  /** The cell that is running; between cells the one that ran last; undefined before the first. */
  currentCell(): CellHandle | undefined;
  /** Channels between a cell's code and code in the front end. */
  readonly comms?: CommRegistry;
  /** Responses that JupyterLab's extension follows. */
  readonly live?: LiveResponses;
  /** What the cells have declared, run and shown. */
  readonly notebook?: LiveNotebook;
}

/** The notebook from inside. */
export interface LiveNotebook {
  readonly journal: CellJournal;
  /** The values that cells have declared, in the order of the alphabet. */
  readonly names: readonly string[];
  /** The value of a declared name; undefined for any other name. */
  read(name: string): { readonly value: unknown } | undefined;
  /** What the checker says of a declared name, as in `const rows: Row[]`. */
  describeType(name: string): Promise<string | undefined>;
  /** Whether a value is a part of this package that cells import, and so no data of theirs. */
  isOwn(value: unknown): boolean;
  /** Runs code in the name of a cell that runs; later cells see what it declares. What it shows is shown in the cell too. */
  run(cell: CellHandle, code: string): Promise<CodeOutcome>;
  /** Declares a variable for the cells that follow. @param type as TypeScript writes it */
  declare(cell: CellHandle, name: string, value: unknown, type: string): Promise<void>;
  /**
   * Gives a declared variable an earlier value, in the name of the cell that runs.
   *
   * @param signature what the checker said of it then: where it says something else now, the variable gets that type back.
   */
  restore(name: string, value: unknown, signature: string | undefined): Promise<void>;
  /** Puts code into the cell below, for the user to run; in front ends that can. */
  setNextCell(cell: CellHandle, code: string): void;
}

export type CodeOutcome =
  | { readonly ok: true; readonly output: CellOutput }
  | {
      readonly ok: false;
      readonly error: CellError;
      /** What it showed before it failed. */
      readonly output: CellOutput;
    };

/** A MIME bundle: media type → text, or JSON for `application/json` and `+json` types. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** How a cell ended. */
export type CellOutcome = "ok" | "error" | "interrupted";

/** One execution of one cell. Stays usable after the cell has ended: late output still belongs to it. */
export interface CellHandle {
  /** The `msg_id` of the execute_request. */
  readonly id: string;
  readonly executionCount: number;
  readonly running: boolean;
  /** Fires when the user interrupts this cell. */
  readonly signal: AbortSignal;
  /** Sends a display_data, or an update of one; streams written before it are flushed first. */
  display(data: MimeBundle, options?: { metadata?: MimeBundle; displayId?: string; update?: boolean }): void;
  /**
   * Runs before the reply of this cell is sent (at once if it has been): the place for a final flush.
   * The reply waits for a promise that the callback returns, unless the user interrupts.
   */
  onEnd(callback: (outcome: CellOutcome) => void | Promise<void>): void;
}

const HOST = Symbol.for("claude-notebook.notebook-host");
type Registry = { [HOST]?: NotebookHost | undefined };

/** The notebook this code runs in, or undefined in plain Node. Global, so that a second copy of the package finds it too. */
export function notebookHost(): NotebookHost | undefined {
  return (globalThis as Registry)[HOST];
}

/** @internal Called once by the kernel. */
export function setNotebookHost(host: NotebookHost | undefined): void {
  (globalThis as Registry)[HOST] = host;
}
