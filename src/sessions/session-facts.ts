import { promptText } from "./entry-text.js";
import type { TranscriptEntry } from "./read-transcript.js";

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

/** What the entries that were read so far tell; plain JSON. */
export type SessionFacts = { -readonly [Name in keyof SessionInfo]: SessionInfo[Name] } & {
  title?: string;
  empty: boolean;
  /** Milliseconds since 1970. */
  lastPromptAt: number;
};

export function noFacts(sessionId: string): SessionFacts {
  return {
    sessionId,
    summary: "",
    promptCount: 0,
    lastModified: 0,
    fileSize: 0,
    empty: true,
    lastPromptAt: 0,
  };
}

/** What the facts say of the session as a whole. */
export function infoOf({ title, empty: _, lastPromptAt: __, ...info }: SessionFacts): SessionInfo {
  return { ...info, summary: info.customTitle ?? title ?? info.firstPrompt ?? info.sessionId };
}

/** What each kind of entry tells; the last of a kind counts. */
const newsOf: Readonly<Record<string, (facts: SessionFacts, entry: TranscriptEntry) => void>> = {
  "custom-title": (facts, { customTitle }) => set(facts, "customTitle", customTitle),
  "ai-title": (facts, { aiTitle }) => set(facts, "title", aiTitle),
  summary: (facts, { summary }) => set(facts, "title", summary),
  tag: (facts, { tag }) => set(facts, "tag", tag),
  user: addPrompt,
  assistant: (facts, entry) => {
    if (!entry.isSidechain) facts.empty = false;
  },
};

/** Adds what an entry tells. */
export function addEntry(facts: SessionFacts, entry: TranscriptEntry): void {
  if (Object.hasOwn(newsOf, entry.type)) newsOf[entry.type]!(facts, entry);
  facts.cwd ??= textOf(entry.cwd);
  const branch = textOf(entry.gitBranch);
  if (branch !== undefined) facts.gitBranch = branch;
  const origin = (entry.forkedFrom as { sessionId?: unknown } | undefined)?.sessionId;
  if (typeof origin === "string") facts.forkedFrom ??= origin;
  const time = Date.parse(entry.timestamp ?? "");
  if (!Number.isNaN(time)) facts.createdAt ??= time;
}

function addPrompt(facts: SessionFacts, entry: TranscriptEntry): void {
  const prompt = promptText(entry);
  if (prompt === undefined) return;
  facts.empty = false;
  facts.promptCount++;
  facts.firstPrompt ??= prompt.slice(0, LONGEST_PROMPT);
  const time = Date.parse(entry.timestamp ?? "");
  if (time > facts.lastPromptAt) facts.lastPromptAt = time;
}

/** An empty text takes back what was set before. */
function set(facts: SessionFacts, field: "customTitle" | "tag" | "title", value: unknown): void {
  const text = textOf(value);
  if (text !== undefined) facts[field] = text;
  else delete facts[field];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
