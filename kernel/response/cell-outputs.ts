import { randomUUID } from "node:crypto";
import { renderErrorBundle } from "../../renderers/bundle/render-error-bundle.js";
import { showJson } from "../../renderers/panels/read-value.js";
import type { Part } from "../../renderers/response/parts.js";
import type { CellHandle, MimeBundle } from "../host.js";
import { createSendBudget } from "./send-budget.js";
import { createTextPieces, type TextPieces } from "./text-pieces.js";
import { type Clock, createUpdateSchedule, type UpdateSchedule } from "./update-schedule.js";

/** Outputs of a cell that hold one panel each. JupyterLab shows 50 outputs of a cell; the rest is left to the cell's own. */
export const SINGLE_OUTPUTS = 30;
/** Most outputs the responses of one cell take; the last one grows without bound. */
export const MAX_OUTPUTS = 40;

/** Long texts are parted only as long as fewer outputs than this are taken, so that later panels still get their own. */
const MAX_PARTED_OUTPUTS = 26;

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
  /** True for the first output of a response. It holds a panel only if that is final, so that the sheet goes out once. */
  readonly includeStyle: boolean;
  /** Part key → the part as it was last seen. */
  readonly parts: Map<string, Part>;
  sent: boolean;
  dirty: boolean;
  /** Bytes of the bundle, and characters of the parts it was made of, when it was last sent. */
  sentSize: number;
  sentSource: number;
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
 * position while later ones stream; a long text gets several. A response stays in one piece: if another response has taken
 * the next output meanwhile, its new parts extend its own last output instead. From {@link SINGLE_OUTPUTS} on, outputs hold
 * groups. What is still open is sent again only as often as {@link createSendBudget} allows, or when nothing new comes.
 */
export function createCellOutputs(cell: CellHandle, render: RenderOutput, clock?: Clock): CellOutputs {
  const outputs: Output[] = [];
  const outputOfPart = new Map<string, Output>();
  const lastOutput = new Map<string, Output>();
  const pieces = new Map<string, TextPieces>();
  const pending = new Set<ResponseSource>();
  const budget = createSendBudget();

  const openOutput = (response: string, includeStyle: boolean): Output => {
    const output: Output = {
      index: outputs.length,
      displayId: `claude-${randomUUID()}`,
      response,
      includeStyle,
      parts: new Map(),
      sent: false,
      dirty: includeStyle,
      sentSize: 0,
      sentSource: 0,
    };
    outputs.push(output);
    return output;
  };

  const place = (response: string, part: Part): Output => {
    const newest = outputs.at(-1);
    const own = lastOutput.get(response);
    if (own && (own !== newest || own.parts.size < outputCapacity(own.index))) return own;
    const needed = own || isFinal(part) ? 1 : 2;
    if (newest && outputs.length + needed > MAX_OUTPUTS) return newest;
    if (own) return openOutput(response, false);
    const first = openOutput(response, true);
    return isFinal(part) ? first : openOutput(response, false);
  };

  /** The parts of a response, its long texts in pieces. */
  const piecesOf = (source: ResponseSource): readonly Part[] =>
    source.parts.flatMap((part) => {
      if (part.type !== "text") return [part];
      const key = `${source.id}/${part.id}`;
      const own = pieces.get(key) ?? createTextPieces();
      pieces.set(key, own);
      const isLast = lastOutput.get(source.id) === outputs.at(-1);
      return own.partsOf(part, () => isLast && outputs.length < MAX_PARTED_OUTPUTS);
    });

  const collect = (source: ResponseSource): void => {
    const gone = new Set([...outputOfPart.keys()].filter((key) => key.startsWith(`${source.id}/`)));
    for (const part of piecesOf(source)) {
      const key = `${source.id}/${part.id}`;
      gone.delete(key);
      let output = outputOfPart.get(key);
      if (!output) {
        output = place(source.id, part);
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

  /** Whether a change must not wait: it is the first, or nothing more will come. */
  const isDue = (output: Output): boolean => {
    if (!output.sent || [...output.parts.values()].every(isFinal)) return true;
    const { sentSize, sentSource } = output;
    const size = sentSource === 0 ? sentSize : (sentSize * sourceSize(output)) / sentSource;
    const open = outputs.filter((other) => other.sent && ![...other.parts.values()].every(isFinal));
    const openSize = open.reduce((sum, other) => sum + (other === output ? size : other.sentSize), 0);
    return budget.allows(size, sentSize, openSize);
  };

  /** Shows an output; one that cannot be drawn or sent says so in its place, and those after it are shown. */
  const show = ({ parts, includeStyle, response, displayId, sent }: Output): MimeBundle => {
    const send = (bundle: MimeBundle): MimeBundle => {
      cell.display(bundle, { displayId, update: sent });
      return bundle;
    };
    try {
      return send(render([...parts.values()], { includeStyle, response }));
    } catch (error) {
      return send(renderErrorBundle(error));
    }
  };

  const sendOutput = (output: Output): void => {
    const bundle = show(output);
    const size = output.includeStyle ? 0 : bundleBytes(bundle);
    budget.sent(size, output.sentSize);
    output.dirty = false;
    output.sent = true;
    output.sentSize = size;
    output.sentSource = sourceSize(output);
  };

  const send = (all: boolean): number => {
    for (const source of pending) collect(source);
    pending.clear();
    const due = outputs.filter((output) => output.dirty && (all || isDue(output)));
    for (const output of due) sendOutput(output);
    return due.length;
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

function isFinal({ state }: Part): boolean {
  return state !== "streaming" && state !== "running";
}

/** What a bundle takes on the wire, all its forms; 0 without HTML, which alone is worth holding back. */
function bundleBytes(bundle: MimeBundle): number {
  return typeof bundle["text/html"] === "string" ? Buffer.byteLength(JSON.stringify(bundle)) : 0;
}

/** How much there is to draw, in characters: what the size of the bundle grows with. */
function sourceSize(output: Output): number {
  let size = 0;
  for (const part of output.parts.values())
    size += part.type === "text" ? part.text.length : showJson(part).length;
  return size;
}
