import { readFile } from "node:fs/promises";
import { conversationTurns } from "../../../renderers/conversations/conversation-parts.js";
import { type SessionTurn, sessionTurns } from "../../../renderers/session/session-turns.js";
import { parseConversation } from "../../../src/conversations/parse-conversation.js";
import { isRawMessage, parseMessage, type RawMessage } from "../../../src/messages/parse-message.js";
import { mainChain, type TranscriptEntry } from "../../../src/sessions/read-transcript.js";
import { systemErrorCode } from "../../../src/system-error.js";
import { HostError } from "../../host-error.js";
import { unreadableSource } from "../../notebook/unreadable-source.js";
import { contentOf, findSidechains, readSubagentFiles } from "./subagent-entries.js";

type Line = Readonly<Record<string, unknown>>;

/** What was said in a file, and what it is called there. */
export interface SavedSession {
  /** The title that the conversation was given. */
  readonly title?: string | undefined;
  readonly turns: readonly SessionTurn[];
}

/**
 * Reads a conversation that was saved a message a line: a transcript of Claude Code (`~/.claude/projects/…/*.jsonl`), a recording
 * of ours, a file of a `ConversationManager`, or what `claude -p --output-format stream-json` printed. Lines that are none of these
 * are passed over.
 *
 * @throws HostError when there is no such file, it cannot be read, or no line of it is a message.
 */
export async function readSavedSession(path: string): Promise<SavedSession> {
  const text = await readText(path);
  const conversation = parseConversation(text);
  if (conversation) return { title: conversation.title, turns: conversationTurns(conversation) };
  const lines = parseLines(text);
  const own = lines.filter((line) => "parentUuid" in line) as unknown as TranscriptEntry[];
  const entries = own.length > 0 ? [...own, ...(await readSubagentFiles(path))] : own;
  const raw = entries.length > 0 ? withSubagents(entries) : lines.flatMap(fromStream);
  const messages = raw.map(parseMessage);
  if (messages.some(({ type }) => type === "assistant" || type === "user" || type === "result"))
    return { turns: sessionTurns(messages) };
  throw new HostError("notebook-invalid", `${path} holds no conversation with Claude.`, {
    hints: [
      "Give it a transcript from ~/.claude/projects, a recording, a kept conversation, or the output of `claude -p --output-format stream-json --verbose`",
    ],
  });
}

async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT")
      throw new HostError("notebook-not-found", `There is no session at ${path}.`, { cause: error });
    throw unreadableSource(`The session ${path}`, error);
  });
}

/** The objects among the lines; a line that a crash cut off is none. */
function parseLines(text: string): Line[] {
  return text
    .replace(/^\ufeff/, "")
    .split("\n")
    .flatMap((line): Line[] => {
      if (!line.startsWith("{")) return [];
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
}

/** The conversation as it stands, and after each call of a subagent what that did; what subagents did for others is left out. */
function withSubagents(entries: readonly TranscriptEntry[]): RawMessage[] {
  const sidechains = findSidechains(entries);
  const written = new Set<TranscriptEntry>();
  const write = (entry: TranscriptEntry, parent: string | null): RawMessage[] => {
    if (written.has(entry)) return [];
    written.add(entry);
    const calls = contentOf(entry).filter(({ type }) => type === "tool_use");
    const inside = calls.flatMap(({ id }) =>
      (sidechains.get(String(id)) ?? []).flatMap((own) => write(own, String(id))),
    );
    return [...fromTranscript(entry, parent), ...inside];
  };
  return mainChain(entries).flatMap((entry) => write(entry, null));
}

/** An entry of a transcript by the names of the wire; entries that are no part of the conversation are left out. */
function fromTranscript(entry: TranscriptEntry, parent: string | null): RawMessage[] {
  const { type, subtype, message, uuid, isMeta, toolUseResult } = entry;
  if (type === "system" && subtype === "compact_boundary") {
    const { trigger, preTokens } = (entry.compactMetadata ?? {}) as Line;
    return [{ type, subtype, uuid, compact_metadata: { trigger, pre_tokens: preTokens } }];
  }
  if ((type !== "user" && type !== "assistant") || isMeta || entry.isCompactSummary) return [];
  return [{ type, message, uuid, parent_tool_use_id: parent, tool_use_result: toolUseResult }];
}

/** A line of the CLI, alone or in a recording, which begins with the prompt. */
function fromStream(line: Line): RawMessage[] {
  if (typeof line.claude_notebook_recording === "number" && typeof line.prompt === "string")
    return [{ type: "user", message: { role: "user", content: line.prompt }, parent_tool_use_id: null }];
  const message = line.line ?? line;
  return isRawMessage(message) ? [message] : [];
}
