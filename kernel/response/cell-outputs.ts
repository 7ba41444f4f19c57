import { randomUUID } from "node:crypto";
import type { Part } from "../../renderers/response/parts.js";
import type { CellHandle, MimeBundle } from "../host.js";
import { type Clock, createUpdateSchedule, type UpdateSchedule } from "./update-schedule.js";

/** Outputs of a cell that hold one panel each. JupyterLab shows 50 outputs of a cell; the rest is left to the cell's own. */
export const SINGLE_OUTPUTS = 30;
/** Most outputs the responses of one cell take; the last one grows without bound. */
export const MAX_OUTPUTS = 40;

/** How many panels the output with this index (from 0) holds: 1 each for the first {@link SINGLE_OUTPUTS}, then 2, 4, 8 … */
export function outputCapacity(index: number): number {
  if (index < SINGLE_OUTPUTS) return 1;
  return index >= MAX_OUTPUTS - 1 ? Number.POSITIVE_INFINITY : 2 ** (index - SINGLE_OUTPUTS + 1);
}

/** Draws the parts of one output; the style sheet goes with the first output of each response. */
export type RenderOutput = (
  parts: readonly Part[],
  options: { includeStyle: boolean; response: string },
) => MimeBundle;

/** What a cell shows of one response: whoever adds or changes parts calls `changed`. */
export interface ResponseSource {
  readonly id: string;
  readonly parts: readonly Part[];
}

interface Output {
  readonly index: number;
  readonly displayId: string;
  readonly response: string;
  readonly includeStyle: boolean;
  /** Part key → the part as it was last seen. */
  readonly parts: Map<string, Part>;
  sent: boolean;
  dirty: boolean;
}

/** The outputs that the responses of one cell take, kept up to date at a bounded pace. */
export interface CellOutputs {
  /** The parts of `source` changed: shows them soon. */
  changed(source: ResponseSource): void;
  /** Shows all changes now. */
  flush(): void;
}

/**
 * Spreads the parts of a cell's responses over display outputs.
 *
 * A part gets an output of its own, so that a finished panel is never sent again and keeps its fold, selection and scroll
 * position while later ones stream. A response stays in one piece: if another response has taken the next output
 * meanwhile, its new parts extend its own last output instead. From {@link SINGLE_OUTPUTS} on, outputs hold groups.
 */
export function createCellOutputs(cell: CellHandle, render: RenderOutput, clock?: Clock): CellOutputs {
  const outputs: Output[] = [];
  const outputOfPart = new Map<string, Output>();
  const lastOutput = new Map<string, Output>();
  const pending = new Set<ResponseSource>();

  const openOutput = (response: string): Output => {
    const output: Output = {
      index: outputs.length,
      displayId: `claude-${randomUUID()}`,
      response,
      includeStyle: !lastOutput.has(response),
      parts: new Map(),
      sent: false,
      dirty: false,
    };
    outputs.push(output);
    return output;
  };

  const place = (response: string): Output => {
    const newest = outputs.at(-1);
    const own = lastOutput.get(response);
    if (own && (own !== newest || own.parts.size < outputCapacity(own.index))) return own;
    return newest && outputs.length >= MAX_OUTPUTS ? newest : openOutput(response);
  };

  const collect = (source: ResponseSource): void => {
    const gone = new Set([...outputOfPart.keys()].filter((key) => key.startsWith(`${source.id}/`)));
    for (const part of source.parts) {
      const key = `${source.id}/${part.id}`;
      gone.delete(key);
      let output = outputOfPart.get(key);
      if (!output) {
        output = place(source.id);
        outputOfPart.set(key, output);
        lastOutput.set(source.id, output);
      }
      if (output.parts.get(key) === part) continue;
      output.parts.set(key, part);
      output.dirty = true;
    }
    for (const key of gone) {
      const output = outputOfPart.get(key);
      outputOfPart.delete(key);
      if (output?.parts.delete(key)) output.dirty = true;
    }
  };

  const send = (): number => {
    for (const source of pending) collect(source);
    pending.clear();
    const dirty = outputs.filter((output) => output.dirty);
    for (const output of dirty) {
      output.dirty = false;
      const { includeStyle, response, displayId } = output;
      cell.display(render([...output.parts.values()], { includeStyle, response }), {
        displayId,
        update: output.sent,
      });
      output.sent = true;
    }
    return dirty.length;
  };

  const schedule: UpdateSchedule = createUpdateSchedule(send, clock);
  return {
    changed(source) {
      pending.add(source);
      schedule.request();
    },
    flush: () => schedule.flush(),
  };
}
