import type { IopubMessage } from "./kernel-session.js";
import type { CodeCell } from "./notebook.js";

/**
 * Notes in `metadata.execution` when a cell ran, by the names that nbclient and JupyterLab use. The times are those of
 * the kernel.
 */
export function recordTiming(cell: CodeCell, message: IopubMessage): void {
  const name = timingName(message);
  if (name === undefined) return;
  cell.metadata.execution = {
    ...(cell.metadata.execution as object | undefined),
    [name]: message.header.date,
  };
}

function timingName({ header, content }: IopubMessage): string | undefined {
  if (header.msg_type === "execute_input") return "iopub.execute_input";
  if (header.msg_type !== "status") return undefined;
  return `iopub.status.${(content as { execution_state?: string }).execution_state}`;
}
