import type { ISessionContext } from "@jupyterlab/apputils";
import type { Kernel } from "@jupyterlab/services";
import type { ISignal } from "@lumino/signaling";
import { isClaudeCell } from "./is-claude-cell.js";
import { isOurKernel } from "./is-our-kernel.js";

/** The markdown that JupyterLab's own markdown cells are written in. */
export const MARKDOWN_MIME = "text/x-ipythongfm";

/** What we use of a cell's model. */
export interface EditedCell {
  readonly type: string;
  /** What its editor takes the text for; stands in no file. */
  mimeType: string;
  readonly mimeTypeChanged: ISignal<unknown, unknown>;
  readonly sharedModel: {
    getSource(): string;
    readonly changed: ISignal<unknown, { readonly sourceChange?: unknown }>;
  };
}

/** What we use of a notebook's cells. */
export interface EditedNotebook {
  readonly sessionContext: ISessionContext;
  readonly cells: Iterable<EditedCell> & { readonly changed: ISignal<unknown, unknown> };
  /** What code cells are written in, by the kernel. */
  codeMimeType(): string;
}

/**
 * Lets code cells that begin with `%%claude` be edited as markdown for as long as they do. Nothing but the editor's language
 * changes, and nothing at all where the kernel is not ours.
 */
export function editPromptsAsMarkdown({ sessionContext, cells, codeMimeType }: EditedNotebook): void {
  const watched = new WeakSet<EditedCell>();
  const switched = new WeakSet<EditedCell>();
  let isOurs = false;

  const setMode = (cell: EditedCell): void => {
    if (isOurs && isClaudeCell(cell.sharedModel.getSource())) {
      switched.add(cell);
      cell.mimeType = MARKDOWN_MIME;
    } else if (switched.delete(cell)) {
      cell.mimeType = codeMimeType();
    }
  };
  const setModes = (): void => {
    for (const cell of cells) {
      if (cell.type !== "code") continue;
      if (!watched.has(cell)) watch(cell);
      setMode(cell);
    }
  };
  const watch = (cell: EditedCell): void => {
    watched.add(cell);
    cell.sharedModel.changed.connect((_sender, { sourceChange }) => {
      if (sourceChange) setMode(cell);
    });
    // JupyterLab sets the kernel's language in all code cells, each time it hears it.
    cell.mimeTypeChanged.connect(() => setMode(cell));
  };
  const ask = async (kernel: Kernel.IKernelConnection | null | undefined): Promise<void> => {
    // A notebook whose kernel was shut down is still the notebook that it was.
    if (!kernel) return;
    const answer = await isOurKernel(kernel);
    if (sessionContext.session?.kernel !== kernel) return;
    isOurs = answer;
    setModes();
  };

  cells.changed.connect(setModes);
  sessionContext.kernelChanged.connect((_sender, { newValue }) => void ask(newValue));
  void sessionContext.ready.then(() => ask(sessionContext.session?.kernel));
}
