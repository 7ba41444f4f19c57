import { type ReplaceRule, replaceAll, replaceInChunks } from "../redact/spans.js";
import type { TurnLine } from "../turn.js";
import { redactLine } from "./redact-line.js";

export interface TurnRules {
  readonly text: readonly ReplaceRule[];
  /** For `partial_json`: the pieces of a tool's input, which are JSON before they are whole. */
  readonly json: readonly ReplaceRule[];
}

/** The field that each kind of delta adds to. */
const deltaFields: Readonly<Record<string, string>> = {
  text_delta: "text",
  thinking_delta: "thinking",
  input_json_delta: "partial_json",
};

/** One delta of a content block, and where its text is. */
interface Delta {
  readonly index: number;
  readonly field: string;
  readonly text: string;
}

/**
 * Replaces what the rules match in a turn's lines. A credential or a path may come in pieces, split anywhere across the
 * deltas of a block, so these are searched as one text.
 */
export function redactTurn(lines: readonly TurnLine[], rules: TurnRules): TurnLine[] {
  const rulesOf = (field: string): readonly ReplaceRule[] =>
    field === "partial_json" ? rules.json : rules.text;
  const cleanDeltas = new Map<number, string>();
  for (const deltas of deltasOfBlocks(lines)) {
    const texts = replaceInChunks(
      deltas.map(({ text }) => text),
      rulesOf(deltas[0]!.field),
    );
    deltas.forEach(({ index }, i) => {
      cleanDeltas.set(index, texts[i]!);
    });
  }
  return lines.map((line, index) => {
    const delta = cleanDeltas.get(index);
    const raw = redactLine(line.raw, (text, field) => {
      // The delta's text was searched with its neighbours; alone it would be searched for halves.
      if (delta !== undefined && isDeltaField(field)) return delta;
      return replaceAll(text, rulesOf(field));
    });
    return { ...line, raw };
  });
}

function isDeltaField(field: string): boolean {
  return Object.values(deltaFields).includes(field);
}

/** The deltas of each content block, in order. Blocks of different subagents may be interleaved. */
function deltasOfBlocks(lines: readonly TurnLine[]): Delta[][] {
  const finished: Delta[][] = [];
  const open = new Map<string, Delta[]>();
  lines.forEach(({ raw }, index) => {
    if (raw.type !== "stream_event") return;
    const event = raw.event as { type?: string; index?: number; delta?: Record<string, unknown> } | undefined;
    const block = `${String(raw.parent_tool_use_id)} ${event?.index}`;
    if (event?.type === "content_block_start") open.delete(block);
    const field = deltaFields[String(event?.delta?.type)];
    const text = field && event?.delta?.[field];
    if (typeof text !== "string" || !field) return;
    const deltas = open.get(block);
    if (deltas?.[0]?.field === field) deltas.push({ index, field, text });
    else {
      const started: Delta[] = [{ index, field, text }];
      open.set(block, started);
      finished.push(started);
    }
  });
  return finished;
}
