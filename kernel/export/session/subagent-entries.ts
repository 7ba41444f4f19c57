import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readEntries, type TranscriptEntry } from "../../../src/sessions/read-transcript.js";
import { systemErrorCode } from "../../../src/system-error.js";

type Line = Readonly<Record<string, unknown>>;

/**
 * What newer versions of Claude Code write of subagents, in files of their own: `SESSION/subagents/agent-ID.jsonl` beside
 * `SESSION.jsonl`. Empty when there are none.
 *
 * @throws the system error when they cannot be read.
 */
export async function readSubagentFiles(path: string): Promise<TranscriptEntry[]> {
  const folder = join(path.replace(/\.jsonl$/, ""), "subagents");
  const names = await readdir(folder).catch((error: unknown) => {
    if (["ENOENT", "ENOTDIR"].includes(systemErrorCode(error) ?? "")) return [];
    throw error;
  });
  const files = names.filter((name) => /^agent-.*\.jsonl$/.test(name)).sort();
  const entries = await Promise.all(files.map((name) => readEntries(join(folder, name))));
  return entries.flat().map((entry) => ({ ...entry, isSidechain: true }));
}

/**
 * The entries of each subagent by the id of the call that started it. They do not name it: the result of the call names the
 * subagent, and the first entry is the prompt that the call gave.
 */
export function findSidechains(entries: readonly TranscriptEntry[]): Map<string, TranscriptEntry[]> {
  const callOf = new Map<string, string>();
  for (const entry of entries) {
    for (const { type, id, input, tool_use_id } of contentOf(entry)) {
      const prompt = type === "tool_use" ? (input as Line | undefined)?.prompt : undefined;
      if (typeof prompt === "string") callOf.set(`prompt ${prompt}`, String(id));
      const agent = type === "tool_result" ? (entry.toolUseResult as Line | undefined)?.agentId : undefined;
      if (typeof agent === "string") callOf.set(`agent ${agent}`, String(tool_use_id));
    }
  }
  const callOfEntry = new Map<unknown, string>();
  const sidechains = new Map<string, TranscriptEntry[]>();
  for (const entry of entries) {
    if (!entry.isSidechain) continue;
    const call =
      callOfEntry.get(entry.parentUuid) ??
      callOf.get(`agent ${entry.agentId}`) ??
      callOf.get(`prompt ${promptOf(entry)}`);
    if (call === undefined) continue;
    callOfEntry.set(entry.uuid, call);
    const chain = sidechains.get(call) ?? [];
    chain.push(entry);
    sidechains.set(call, chain);
  }
  return sidechains;
}

function promptOf(entry: TranscriptEntry): string | undefined {
  const content = (entry.message as Line | undefined)?.content;
  if (typeof content === "string") return content;
  const text = contentOf(entry).find(({ type }) => type === "text")?.text;
  return typeof text === "string" ? text : undefined;
}

/** The blocks of an entry; none when its content is a text. */
export function contentOf(entry: TranscriptEntry): readonly Line[] {
  const content: unknown = (entry.message as Line | undefined)?.content;
  return Array.isArray(content) ? content.filter((block) => typeof block === "object" && block !== null) : [];
}
