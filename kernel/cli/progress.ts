import type { RunEvent } from "../notebook/run-report.js";
import { cellTitle, colorsWanted, formatCellEnd, formatPosition } from "./cell-lines.js";
import { describeCutOff } from "./cut-offs.js";
import { createLiveLine, type ProgressStream } from "./live-line.js";

/** Shows a run: on a terminal a line that lives while its cell runs; elsewhere one line per finished cell. */
export interface Progress {
  onEvent(event: RunEvent): void;
  /** Prints a line above the live one. */
  note(text: string): void;
  end(): void;
}

export function createProgress(stream: ProgressStream, isColored = colorsWanted(stream)): Progress {
  const line = createLiveLine(stream);
  return {
    onEvent: (event) => {
      if (event.type === "kernel-starting") return line.set("Starting the kernel");
      if (event.type === "run-again") return line.print(describeCutOff(event.cutOff));
      if (event.type === "cell-start")
        return line.set(`… ${formatPosition(event)} ${cellTitle(event.source)}`);
      line.clear();
      line.print(formatCellEnd(event, stream, isColored));
    },
    note: line.print,
    end: line.clear,
  };
}
