import { createReadStream } from "node:fs";
import { createLineSplitter } from "../process/split-lines.js";

/** A line of a transcript. Only what is read here is named; the CLI writes much more, and more with each version. */
export interface TranscriptEntry {
  readonly type: string;
  readonly uuid?: string | undefined;
  readonly parentUuid?: string | null | undefined;
  /** Where the conversation goes on before a compaction, whose own `parentUuid` is null. */
  readonly logicalParentUuid?: string | null;
  readonly isSidechain?: boolean;
  /** Written by the CLI on the user's behalf. */
  readonly isMeta?: boolean;
  readonly sessionId?: string;
  readonly timestamp?: string | undefined;
  readonly [field: string]: unknown;
}

/**
 * The entries of a transcript in the order of the file. A line that is no entry (cut off by a crash, of another
 * program) is left out.
 *
 * @throws the system error when the file cannot be read.
 */
export async function* readTranscript(path: string): AsyncGenerator<TranscriptEntry, void, void> {
  const splitter = createLineSplitter();
  for await (const chunk of createReadStream(path)) {
    for (const line of splitter.push(chunk as Buffer)) {
      const entry = parseEntry(line);
      if (entry) yield entry;
    }
  }
  const entry = parseEntry(splitter.end() ?? "");
  if (entry) yield entry;
}

/** All entries of a transcript at once. @throws the system error when the file cannot be read. */
export async function readEntries(path: string): Promise<TranscriptEntry[]> {
  const entries: TranscriptEntry[] = [];
  for await (const entry of readTranscript(path)) entries.push(entry);
  return entries;
}

function parseEntry(line: string): TranscriptEntry | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof (value as { type?: unknown }).type === "string" ? (value as TranscriptEntry) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The conversation as it stands: the entries from the first to the last along their parents, without branches that were
 * left by going back, and without those of subagents.
 */
export function mainChain(entries: readonly TranscriptEntry[]): TranscriptEntry[] {
  const byId = new Map<string, TranscriptEntry>();
  for (const entry of entries) if (entry.uuid !== undefined) byId.set(entry.uuid, entry);
  const isTurn = (entry: TranscriptEntry): boolean =>
    !entry.isSidechain && (entry.type === "user" || entry.type === "assistant");
  const chain: TranscriptEntry[] = [];
  const seen = new Set<TranscriptEntry>();
  let entry = entries.findLast((candidate) => candidate.uuid !== undefined && isTurn(candidate));
  while (entry && !seen.has(entry)) {
    seen.add(entry);
    chain.push(entry);
    const parent: string | null | undefined = entry.parentUuid ?? entry.logicalParentUuid;
    entry = parent ? byId.get(parent) : undefined;
  }
  return withSiblings(entries, chain.reverse(), seen);
}

/** Tools that ran at once each have a branch of their own: the answers' other blocks, and the other results. */
function withSiblings(
  entries: readonly TranscriptEntry[],
  chain: readonly TranscriptEntry[],
  onChain: ReadonlySet<TranscriptEntry>,
): TranscriptEntry[] {
  const answers = new Set(chain.map(answerId).filter((id) => id !== undefined));
  const calls = new Set(
    entries
      .filter((entry) => answers.has(answerId(entry) ?? ""))
      .flatMap((entry) => blockIds(entry, "tool_use", "id")),
  );
  const belongs = (entry: TranscriptEntry): boolean =>
    !entry.isSidechain &&
    (answers.has(answerId(entry) ?? "") ||
      blockIds(entry, "tool_result", "tool_use_id").some((id) => calls.has(id)));
  if (!entries.some((entry) => belongs(entry) && !onChain.has(entry))) return [...chain];
  return entries.filter((entry) => onChain.has(entry) || belongs(entry));
}

function answerId(entry: TranscriptEntry): string | undefined {
  const id = entry.type === "assistant" ? (entry.message as { id?: unknown } | undefined)?.id : undefined;
  return typeof id === "string" ? id : undefined;
}

function blockIds(entry: TranscriptEntry, type: string, field: string): string[] {
  const content = (entry.message as { content?: unknown } | undefined)?.content;
  if (!Array.isArray(content)) return [];
  return content
    .filter((block: { type?: unknown }) => block?.type === type)
    .map((block: Record<string, unknown>) => String(block[field]));
}
