import { createHash } from "node:crypto";
import type { ContentBlock, StreamDelta, StreamEvent, Usage } from "../messages/types.js";
import type { ReplyBlock } from "./reply.js";

/** How an answer is cut into deltas. */
export interface Pace {
  /** Characters in a delta, about: deltas end at the ends of words, and never inside a character. @defaultValue 24 */
  readonly chunkLength?: number | undefined;
}

/** An answer of the scripted model. */
export interface Answer {
  readonly id: string;
  readonly model: string;
  readonly blocks: readonly ReplyBlock[];
  readonly usage: Usage & { readonly output_tokens: number };
}

const DEFAULT_CHUNK_LENGTH = 24;

/** An id that is the same for the same parts, so that recordings made again differ little. */
export function stableId(prefix: string, ...parts: readonly unknown[]): string {
  return prefix + createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 24);
}

/** A block as the API sends it whole. */
export function wholeBlock(answerId: string, block: ReplyBlock, index: number): ContentBlock {
  if (block.type !== "tool_use") return block;
  return { ...block, id: block.id ?? stableId("toolu_", answerId, index) };
}

/** An answer as the API sends it whole. */
export function wholeAnswer({ id, model, blocks, usage }: Answer) {
  return {
    id,
    type: "message",
    role: "assistant",
    model,
    content: blocks.map((block, index) => wholeBlock(id, block, index)),
    stop_reason: stopReason(blocks),
    stop_sequence: null,
    usage,
  };
}

/** An answer as the API streams it. @see https://docs.anthropic.com/en/api/messages-streaming */
export function* answerEvents(answer: Answer, pace: Pace = {}): Generator<StreamEvent, void> {
  const { id, blocks, usage } = answer;
  const opening = {
    ...wholeAnswer(answer),
    content: [],
    stop_reason: null,
    usage: { ...usage, output_tokens: 1 },
  };
  yield { type: "message_start", message: opening };
  for (const [index, block] of blocks.entries()) {
    yield { type: "content_block_start", index, content_block: emptyBlock(wholeBlock(id, block, index)) };
    for (const delta of deltasOf(block, pace.chunkLength ?? DEFAULT_CHUNK_LENGTH)) {
      yield { type: "content_block_delta", index, delta };
    }
    yield { type: "content_block_stop", index };
  }
  const delta = { stop_reason: stopReason(blocks), stop_sequence: null };
  yield { type: "message_delta", delta, usage: { output_tokens: usage.output_tokens } };
  yield { type: "message_stop" };
}

function stopReason(blocks: readonly ReplyBlock[]): string {
  return blocks.some((block) => block.type === "tool_use") ? "tool_use" : "end_turn";
}

function emptyBlock(block: ContentBlock): ContentBlock {
  const empty: Record<string, object> = {
    text: { text: "" },
    thinking: { thinking: "", signature: "" },
    tool_use: { input: {} },
  };
  return { ...block, ...empty[block.type] };
}

function deltasOf(block: ReplyBlock, length: number): StreamDelta[] {
  if (block.type === "text")
    return cut(block.text, length).map((piece) => ({ type: "text_delta", text: piece }));
  if (block.type === "tool_use") {
    const json = JSON.stringify(block.input);
    return cut(json, length).map((piece) => ({ type: "input_json_delta", partial_json: piece }));
  }
  return [
    ...cut(block.thinking, length).map((piece) => ({ type: "thinking_delta", thinking: piece })),
    { type: "signature_delta", signature: block.signature ?? "" },
  ];
}

/** Cuts a text into pieces of about `length` characters, each ending with a word where it can. */
function cut(whole: string, length: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  // Words with the space after them, of which no part is longer than a piece; `u` keeps surrogate pairs together.
  for (const word of whole.match(new RegExp(`\\S{1,${length}}\\s{0,${length}}|\\s{1,${length}}`, "gu")) ??
    []) {
    if (piece !== "" && piece.length + word.length > length) {
      pieces.push(piece);
      piece = "";
    }
    piece += word;
  }
  return piece === "" ? pieces : [...pieces, piece];
}
