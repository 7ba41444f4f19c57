import { archivedAt } from "./archive-session.js";
import { promptText } from "./entry-text.js";
import { readTranscript, type TranscriptEntry } from "./read-transcript.js";
import { findSession, type SessionFile, type SessionPlace } from "./session-files.js";

/** What is known of a session without reading its answers. */
export interface SessionInfo {
  readonly sessionId: string;
  /** Its name for people: the title that was given, else the CLI's own, else the first prompt. */
  readonly summary: string;
  /** The title that was given by renaming. */
  readonly customTitle?: string | undefined;
  readonly tag?: string | undefined;
  /** Whether it was put aside by `archiveSession`, and nothing was asked in it since. */
  readonly archived?: true | undefined;
  /** At most 200 characters. */
  readonly firstPrompt?: string | undefined;
  /** How many prompts of the user it has. */
  readonly promptCount: number;
  /** Working folder of the project. */
  readonly cwd?: string | undefined;
  readonly gitBranch?: string | undefined;
  /** Milliseconds since 1970; undefined when no entry says it. */
  readonly createdAt?: number | undefined;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /** Size of the transcript in bytes. */
  readonly fileSize: number;
  /** The session that this one is a copy of. */
  readonly forkedFrom?: string | undefined;
}

const LONGEST_PROMPT = 200;

type Draft = { -readonly [Name in keyof SessionInfo]: SessionInfo[Name] } & {
  title?: string;
  empty: boolean;
  /** Milliseconds since 1970. */
  lastPromptAt: number;
};

/**
 * What is known of a session.
 * @throws SessionNotFoundError
 */
export async function getSessionInfo(sessionId: string, place: SessionPlace = {}): Promise<SessionInfo> {
  return (await readSessionInfo(await findSession(sessionId, place))).info;
}

/** @returns also whether nobody has said anything in it: the CLI leaves such files behind. */
export async function readSessionInfo(file: SessionFile): Promise<{ info: SessionInfo; isEmpty: boolean }> {
  const draft: Draft = {
    sessionId: file.sessionId,
    summary: "",
    promptCount: 0,
    lastModified: file.lastModified,
    fileSize: file.bytes,
    empty: true,
    lastPromptAt: 0,
  };
  for await (const entry of readTranscript(file.path)) addEntry(draft, entry);
  const { title, empty, lastPromptAt, ...info } = draft;
  const summary = info.customTitle ?? title ?? info.firstPrompt ?? file.sessionId;
  const putAsideAt = await archivedAt(file);
  const isArchived = putAsideAt !== undefined && lastPromptAt <= putAsideAt;
  return { info: { ...info, summary, ...(isArchived && { archived: true }) }, isEmpty: empty };
}

/** What each kind of entry tells; the last of a kind counts. */
const newsOf: Readonly<Record<string, (draft: Draft, entry: TranscriptEntry) => void>> = {
  "custom-title": (draft, { customTitle }) => set(draft, "customTitle", customTitle),
  "ai-title": (draft, { aiTitle }) => set(draft, "title", aiTitle),
  summary: (draft, { summary }) => set(draft, "title", summary),
  tag: (draft, { tag }) => set(draft, "tag", tag),
  user: addPrompt,
  assistant: (draft, entry) => {
    if (!entry.isSidechain) draft.empty = false;
  },
};

function addEntry(draft: Draft, entry: TranscriptEntry): void {
  if (Object.hasOwn(newsOf, entry.type)) newsOf[entry.type]!(draft, entry);
  draft.cwd ??= textOf(entry.cwd);
  const branch = textOf(entry.gitBranch);
  if (branch !== undefined) draft.gitBranch = branch;
  const origin = (entry.forkedFrom as { sessionId?: unknown } | undefined)?.sessionId;
  if (typeof origin === "string") draft.forkedFrom ??= origin;
  const time = Date.parse(entry.timestamp ?? "");
  if (!Number.isNaN(time)) draft.createdAt ??= time;
}

function addPrompt(draft: Draft, entry: TranscriptEntry): void {
  const prompt = promptText(entry);
  if (prompt === undefined) return;
  draft.empty = false;
  draft.promptCount++;
  draft.firstPrompt ??= prompt.slice(0, LONGEST_PROMPT);
  const time = Date.parse(entry.timestamp ?? "");
  if (time > draft.lastPromptAt) draft.lastPromptAt = time;
}

/** An empty text takes back what was set before. */
function set(draft: Draft, field: "customTitle" | "tag" | "title", value: unknown): void {
  const text = textOf(value);
  if (text !== undefined) draft[field] = text;
  else delete draft[field];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
