import { isAssistantMessage, isResultMessage } from "../messages/guards.js";
import { parseMessage } from "../messages/parse-message.js";
import type { Message, ResultMessage } from "../messages/types.js";
import { type PromptContent, promptText } from "../prompt.js";
import type {
  ClaudeSession,
  Conversation,
  ConversationTotals,
  ConversationTurnRecord,
} from "./conversation.js";
import type { ConversationChange, ConversationEntry, ConversationHeader } from "./conversation-entries.js";
import { parseStoredOptions } from "./stored-options.js";

/** Longest title that is made of a prompt, in characters. */
const MAX_TITLE_LENGTH = 80;

type TurnDraft = { -readonly [Name in keyof ConversationTurnRecord]: ConversationTurnRecord[Name] } & {
  messages: Message[];
};

/** Makes a conversation of the lines of its file. */
export function foldConversation(
  header: ConversationHeader,
  entries: readonly ConversationEntry[],
  damagedLines: number,
): Conversation {
  const createdAt = Date.parse(header.created_at);
  const turns: TurnDraft[] = [];
  let title = header.title;
  let tags: readonly string[] = header.tags;
  let archived = false;
  let updatedAt = createdAt;
  for (const entry of entries) {
    updatedAt = Math.max(updatedAt, Date.parse(entry.at));
    // By its number: a process that stood still may write into its turn after another has begun the next.
    const turn = "turn" in entry ? turns.findLast(({ number }) => number === entry.turn) : undefined;
    if (entry.type === "turn") turns.push(beginTurn(entry));
    else if (entry.type === "message") addMessage(turn, parseMessage(entry.message));
    else if (entry.type === "end") endTurn(turn, entry);
    else {
      title = entry.title ?? title;
      tags = changeTags(tags, entry);
      archived = entry.archived ?? archived;
    }
  }
  const { parent } = header;
  return {
    sessionId: header.session_id,
    title: title ?? titleOf(turns[0]?.prompt ?? ""),
    tags,
    archived,
    createdAt,
    updatedAt,
    models: modelsOf(turns),
    totals: totalsOf(turns),
    turnCount: turns.length,
    ...(parent && { parent: { sessionId: parent.session_id, turns: parent.turns } }),
    options: parseStoredOptions(header.options),
    damagedLines,
    turns,
    messages: turns.flatMap((turn) => [promptMessage(turn, header.session_id), ...turn.messages]),
    claudeSession: claudeSessionOf(header, turns),
  };
}

/** Tags after a change of them. */
export function changeTags(
  tags: readonly string[],
  { add_tags: added = [], remove_tags: removed = [] }: ConversationChange,
): string[] {
  return [...new Set([...tags, ...added])].filter((tag) => !removed.includes(tag));
}

function beginTurn(entry: Extract<ConversationEntry, { type: "turn" }>): TurnDraft {
  return {
    number: entry.turn,
    at: Date.parse(entry.at),
    prompt: entry.prompt,
    key: entry.key,
    messages: [],
    outcome: "unfinished",
    replayed: false,
    copied: entry.copied ?? false,
  };
}

function addMessage(turn: TurnDraft | undefined, message: Message): void {
  if (!turn) return;
  turn.messages.push(message);
  if (isResultMessage(message)) turn.result = message;
}

function endTurn(turn: TurnDraft | undefined, entry: Extract<ConversationEntry, { type: "end" }>): void {
  if (!turn) return;
  turn.outcome = entry.outcome;
  turn.replayed = entry.replayed;
  if (entry.error !== undefined) turn.error = entry.error;
}

/** What a conversation is called that was given no title. */
export function titleOf(prompt: PromptContent): string {
  const line = promptText(prompt).trim().split("\n", 1)[0]!.trim();
  if (line === "") return "(no text)";
  return line.length > MAX_TITLE_LENGTH ? `${line.slice(0, MAX_TITLE_LENGTH - 1)}…` : line;
}

/** The prompt as the wire has it. */
function promptMessage({ prompt, at }: TurnDraft, sessionId: string): Message {
  return parseMessage({
    type: "user",
    message: { role: "user", content: prompt },
    parent_tool_use_id: null,
    session_id: sessionId,
    timestamp: new Date(at).toISOString(),
  });
}

function modelsOf(turns: readonly TurnDraft[]): string[] {
  const models = turns
    .flatMap(({ messages }) => messages)
    .flatMap((message) => (isAssistantMessage(message) ? [message.message.model ?? ""] : []))
    // "<synthetic>" is the CLI itself.
    .filter((model) => model !== "" && !model.startsWith("<"));
  return [...new Set(models.reverse())];
}

const NO_TOTALS: ConversationTotals = {
  turns: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  costUsd: 0,
  durationMs: 0,
};

/** Adds totals up. */
export function sumTotals(all: readonly ConversationTotals[]): ConversationTotals {
  const names = Object.keys(NO_TOTALS) as (keyof ConversationTotals)[];
  const sums = names.map((name) => [name, all.reduce((sum, totals) => sum + totals[name], 0)]);
  const totals = Object.fromEntries(sums) as unknown as ConversationTotals;
  // Sums of binary fractions: 0.30000000000000004.
  return { ...totals, costUsd: Number(totals.costUsd.toFixed(9)) };
}

function totalsOf(turns: readonly TurnDraft[]): ConversationTotals {
  return sumTotals(turns.filter(({ copied }) => !copied).map(turnTotals));
}

function turnTotals({ result, replayed }: TurnDraft): ConversationTotals {
  const { usage } = result ?? ({} as Partial<ResultMessage>);
  const cacheReadTokens = usage?.cache_read_input_tokens ?? 0;
  return {
    turns: 1,
    inputTokens: (usage?.input_tokens ?? 0) + (usage?.cache_creation_input_tokens ?? 0) + cacheReadTokens,
    outputTokens: usage?.output_tokens ?? 0,
    cacheReadTokens,
    costUsd: replayed ? 0 : (result?.total_cost_usd ?? 0),
    durationMs: result?.duration_ms ?? 0,
  };
}

function claudeSessionOf(
  { parent }: ConversationHeader,
  turns: readonly TurnDraft[],
): ClaudeSession | undefined {
  const last = turns.findLast((turn) => !turn.copied && sessionOf(turn) !== undefined);
  // Turns that the CLI never began are not in its session.
  const begun = turns.filter((turn) => turn.copied || sessionOf(turn) !== undefined).length;
  if (last) return { id: sessionOf(last)!, turns: begun, key: last.key, isParents: false };
  if (parent?.claude_session === undefined) return undefined;
  const key = turns.findLast(({ copied }) => copied)?.key;
  return { id: parent.claude_session, turns: parent.turns, key, isParents: true, upTo: parent.up_to };
}

/** The CLI's session that a turn ran in; undefined when the CLI never got so far. */
function sessionOf({ messages }: TurnDraft): string | undefined {
  for (const { session_id: id } of [...messages].reverse() as { session_id?: unknown }[])
    if (typeof id === "string") return id;
  return undefined;
}
