import type { ContentBlock, StreamDelta, ToolResultBlock } from "../../src/messages/types.js";
import { fieldOf, showJson } from "../panels/read-value.js";
import type { PartList, PartNode } from "./part-list.js";
import type { ToolCalls } from "./tool-calls.js";

/** A block of an answer as it came in pieces, until the whole block confirms it. */
interface StreamedBlock {
  readonly node: PartNode;
  readonly messageId: string | undefined;
  readonly startedAtMs: number | undefined;
  isConfirmed: boolean;
  /** True for a block that came whole, so that its pieces, if they come late, are known already. */
  isWhole: boolean;
}

/** How many blocks back a whole block may come late or twice. */
const RECENT_BLOCKS = 20;

/** Kind of delta → the field that holds its piece of text or JSON. */
const PIECE_FIELDS: Readonly<Record<string, string>> = {
  text_delta: "text",
  thinking_delta: "thinking",
  input_json_delta: "partial_json",
};

/** Answers of one speaker: Claude itself, or one of its subagents. */
export interface AnswerScope {
  startMessage(id: string | undefined): void;
  startBlock(index: number, block: ContentBlock, atMs: number | undefined): void;
  applyDelta(index: number, delta: StreamDelta, atMs: number | undefined): void;
  stopBlock(index: number, atMs: number | undefined): void;
  /** A whole block of message `id`; the CLI sends it after the pieces, or instead of them. Returns its part. */
  confirmBlock(id: string | undefined, block: ContentBlock, atMs: number | undefined): PartNode | undefined;
}

/**
 * Brings the two forms of an answer together: pieces (`stream_event`) and whole blocks (`assistant`). Either may be missing,
 * come late or come twice; each text is shown once.
 */
export function createAnswerScope(list: PartList, tools: ToolCalls, nextId: () => string): AnswerScope {
  const blocks = new Map<number, StreamedBlock>();
  let recent: StreamedBlock[] = [];
  let unknown: { id: string | undefined; output: string; node: PartNode }[] = [];
  let messageId: string | undefined;

  const open = (
    block: ContentBlock,
    id: string | undefined,
    atMs: number | undefined,
  ): StreamedBlock | undefined => {
    const node = openNode(block);
    if (!node) return undefined;
    const streamed: StreamedBlock = {
      node,
      messageId: id,
      startedAtMs: atMs,
      isConfirmed: false,
      isWhole: false,
    };
    recent = [...recent, streamed].slice(-RECENT_BLOCKS);
    return streamed;
  };

  const openNode = (block: ContentBlock): PartNode | undefined => {
    const base = () => ({ id: nextId(), state: "streaming" }) as const;
    switch (block.type) {
      case "text":
        return list.add({ ...base(), type: "text", text: textOf(block) });
      case "thinking":
        return list.add({ ...base(), type: "thinking", text: textOf(block) });
      case "redacted_thinking":
        return list.add({ ...base(), type: "thinking", text: "", redacted: true });
      case "tool_use":
      case "server_tool_use":
      case "mcp_tool_use":
        return tools.open(list, field(block, "id"), field(block, "name"));
      default:
        return undefined;
    }
  };

  const finish = (streamed: StreamedBlock, atMs: number | undefined): void => {
    const { node, startedAtMs } = streamed;
    if (node.part.state !== "streaming") return;
    if (node.part.type === "tool") {
      tools.run(node, atMs);
      return;
    }
    const durationMs = atMs === undefined || startedAtMs === undefined ? undefined : atMs - startedAtMs;
    const isHidden = node.part.type === "thinking" && node.part.text === "";
    node.change({
      state: "done",
      ...(isHidden ? { redacted: true } : {}),
      ...(node.part.type === "thinking" && durationMs ? { durationMs } : {}),
    });
  };

  /** Tools that the API runs itself have their results in the answer; one that comes twice counts once. */
  const finishTool = (block: ToolResultBlock, atMs: number | undefined): PartNode => {
    const known = tools.find(block.tool_use_id);
    if (known?.part.type === "tool" && known.part.result) return known;
    const isError = block.is_error === true || /_error$/.test(String(fieldOf(block.content, "type")));
    tools.finish(list, { ...block, is_error: isError }, undefined, atMs);
    return tools.find(block.tool_use_id)!;
  };
  /** A block of a kind that came after us is shown as the data it is, once. */
  const showUnknown = (id: string | undefined, block: ContentBlock): PartNode => {
    const output = showJson(block);
    const known = unknown.find((shown) => shown.id === id && shown.output === output);
    if (known) return known.node;
    const title = `Content of the kind \`${String(block.type)}\`, which this version does not know`;
    const node = list.add({
      id: nextId(),
      type: "notice",
      state: "done",
      level: "info",
      title,
      text: "",
      output,
    });
    unknown = [...unknown, { id, output, node }].slice(-RECENT_BLOCKS);
    return node;
  };

  return {
    startMessage(id) {
      messageId = id;
      blocks.clear();
    },
    startBlock(index, block, atMs) {
      if (isToolResult(block)) finishTool(block, atMs);
      if (blocks.has(index)) return;
      const isKnown = (b: StreamedBlock): boolean =>
        b.isWhole && b.messageId === messageId && isSameKind(b, block);
      const streamed = recent.find(isKnown) ?? open(block, messageId, atMs);
      if (!streamed) return;
      streamed.isWhole = false;
      blocks.set(index, streamed);
    },
    applyDelta(index, delta, atMs) {
      const start = startOf(delta);
      const streamed = blocks.get(index) ?? (start && open(start, messageId, atMs));
      if (!streamed || streamed.isConfirmed) return;
      blocks.set(index, streamed);
      const { node } = streamed;
      const piece = field(delta, PIECE_FIELDS[delta.type] ?? "");
      if (piece === "" || isKnownPiece(recent, streamed, piece)) return;
      if (node.part.type === "tool") node.appendInput(piece);
      else if ("text" in node.part) node.change({ text: node.part.text + piece });
    },
    stopBlock(index, atMs) {
      const streamed = blocks.get(index);
      if (streamed) finish(streamed, atMs);
    },
    confirmBlock(id, block, atMs) {
      if (TOOL_BLOCKS.includes(block.type)) {
        const node = tools.open(list, field(block, "id"), field(block, "name"));
        node.change({ input: (block as { input?: unknown }).input });
        if (node.part.state === "streaming") tools.run(node, atMs);
        return node;
      }
      if (isToolResult(block)) return finishTool(block, atMs);
      if (!KNOWN_BLOCKS.includes(block.type)) return showUnknown(id, block);
      const known = findStreamed(recent, id, block);
      const streamed = known ?? open(block, id, undefined);
      if (!streamed || streamed.isConfirmed) return streamed?.node;
      streamed.isWhole = !known;
      streamed.isConfirmed = true;
      const text = textOf(block);
      if ("text" in streamed.node.part && streamed.node.part.text !== text) streamed.node.change({ text });
      finish(streamed, atMs);
      return streamed.node;
    },
  };
}

const TOOL_BLOCKS: readonly string[] = ["tool_use", "server_tool_use", "mcp_tool_use"];
const KNOWN_BLOCKS: readonly string[] = ["text", "thinking", "redacted_thinking"];

/** `web_search_tool_result`, `mcp_tool_result` and the like. */
function isToolResult(block: ContentBlock): block is ToolResultBlock {
  return /(?:^|_)tool_result$/.test(block.type) && field(block, "tool_use_id") !== "";
}

/**
 * The streamed block that a whole block repeats: of the same message and not yet confirmed, else one that is already
 * confirmed with the same text (a line that came twice), else one of another message that the text continues.
 */
function findStreamed(
  recent: readonly StreamedBlock[],
  id: string | undefined,
  block: ContentBlock,
): StreamedBlock | undefined {
  const text = textOf(block);
  const same = recent.filter((streamed) => isSameKind(streamed, block));
  return (
    same.find((b) => b.isConfirmed && b.messageId === id && id !== undefined && textIn(b) === text) ??
    same.find((b) => !b.isConfirmed && b.messageId === id) ??
    same.find((b) => !b.isConfirmed && textIn(b) !== "" && text.startsWith(textIn(b)))
  );
}

function isSameKind({ node }: StreamedBlock, { type }: ContentBlock): boolean {
  return node.part.type === (type === "redacted_thinking" ? "thinking" : type);
}

function textIn({ node }: StreamedBlock): string {
  return "text" in node.part ? node.part.text : "";
}

/** Whether the first piece of a block comes late, after the whole block that it begins. */
function isKnownPiece(recent: readonly StreamedBlock[], streamed: StreamedBlock, piece: string): boolean {
  const { type } = streamed.node.part;
  if (textIn(streamed) !== "" || type === "tool") return false;
  return recent.some((b) => b.isWhole && b.node.part.type === type && textIn(b).startsWith(piece));
}

/** The block that a delta without a start belongs to; a tool's cannot be told, its name is missing. */
function startOf(delta: StreamDelta): ContentBlock | undefined {
  if (delta.type === "text_delta") return { type: "text", text: "" };
  if (delta.type === "thinking_delta") return { type: "thinking", thinking: "" };
  return undefined;
}

function textOf(block: ContentBlock): string {
  return block.type === "text" || block.type === "thinking" ? field(block, block.type) : "";
}

function field(value: object, name: string): string {
  const found = (value as Record<string, unknown>)[name];
  return typeof found === "string" ? found : "";
}
