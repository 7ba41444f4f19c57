import { stripVTControlCharacters } from "node:util";
import type { RunEvent } from "../notebook/run-report.js";
import type { RunsEvent } from "../notebook/runs-report.js";
import { colorsWanted, formatCellEnd, formatPosition } from "./cell-lines.js";
import { describeCutOff } from "./cut-offs.js";
import { createLiveLine, type ProgressStream } from "./live-line.js";
import { createProgress } from "./progress.js";
import { describeRun } from "./runs-summary.js";

/** Shows notebooks that run side by side: each line says of which it speaks, and the live one what is running. */
export interface RunsProgress {
  onEvent(event: RunsEvent): void;
  /** Prints lines above the live one. @param path the notebook that they are about */
  note(text: string, path?: string): void;
  end(): void;
}

/** @param total notebooks that there are to run. */
export function createRunsProgress(
  stream: ProgressStream,
  total: number,
  isColored = colorsWanted(stream),
): RunsProgress {
  const line = createLiveLine(stream);
  const running = new Map<string, string>();
  let ended = 0;
  const draw = (): void => {
    const now = [...running].map(([path, place]) => `${path} ${place}`).join(", ");
    if (running.size === 0) line.clear();
    else line.set(`… ${ended}/${total} done; ${now}`);
  };
  return {
    onEvent: (event) => {
      const label = stripVTControlCharacters(event.path);
      if (event.type === "notebook-start") running.set(label, "starting");
      else if (event.type === "notebook-end") {
        ended++;
        running.delete(label);
        line.print(describeRun(event.run));
      } else {
        running.set(label, placeOf(event.event));
        if (event.event.type === "run-again") line.print(`${label}: ${describeCutOff(event.event.cutOff)}`);
        if (event.event.type === "cell-end") line.print(formatCellEnd(event.event, stream, isColored, label));
      }
      draw();
    },
    note: (text, path) => line.print(path === undefined ? text : labelLines(text, path)),
    end: line.clear,
  };
}

function labelLines(text: string, path: string): string {
  return text.trimEnd().replace(/^/gm, `${stripVTControlCharacters(path)}: `);
}

function placeOf(event: RunEvent): string {
  return "number" in event ? formatPosition(event) : "starting";
}

/** The progress for these notebooks: of one alone, no line needs to say which it is. */
export function progressOf(stream: ProgressStream, paths: readonly string[]): RunsProgress {
  if (paths.length > 1) return createRunsProgress(stream, paths.length);
  const progress = createProgress(stream);
  return {
    ...progress,
    onEvent: (event) => {
      if (event.type === "notebook-event") progress.onEvent(event.event);
    },
  };
}
