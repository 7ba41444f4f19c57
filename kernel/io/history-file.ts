import { randomUUID } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { stateFolder } from "../../src/storage/state-folder.js";
import { log } from "../log.js";

/** A cell as it was run. */
export interface HistoryEntry {
  /** Number of the session, from 1 in the order of their starts; in the file only. */
  readonly session: number;
  /** The execution count. */
  readonly line: number;
  readonly code: string;
}

/** Cells kept over all sessions; when the file holds twice as many, it is cut to this. */
const MAX_ENTRIES = 10_000;
/** In place of the execution count, in a line by which a kernel takes a session number. */
const CLAIM = -1;
/** Characters of a cell that are kept at all; a longer one (pasted data) is left out of the file. */
const MAX_CODE_LENGTH = 100_000;
/** A file larger than this is not read but set aside as `….old`, in bytes: reading it holds up the I/O thread for half a second. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** For the user only: cells can hold secrets. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** The cells of earlier sessions. */
export interface HistoryFile {
  readonly entries: readonly HistoryEntry[];
  /** The number of this session. */
  readonly session: number;
  append(entry: HistoryEntry): void;
}

/**
 * Where the history stands: the file that CLAUDE_NOTEBOOK_HISTORY names, or one in the user's folder for state, by the
 * customs of the platform.
 *
 * @returns undefined when that variable is empty: no history is kept.
 */
export function historyPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (env.CLAUDE_NOTEBOOK_HISTORY !== undefined) return env.CLAUDE_NOTEBOOK_HISTORY || undefined;
  return join(stateFolder(env, platform), "history.jsonl");
}

/**
 * Reads the history and opens it for more. Several kernels may write at once: each appends whole lines, under a session number
 * of its own. A line that is none is passed over.
 *
 * @returns undefined when none is to be kept.
 * @throws when the file can be neither read nor made.
 */
export function openHistoryFile(path = historyPath(process.env, process.platform)): HistoryFile | undefined {
  if (path === undefined) return undefined;
  mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
  const { entries, isLong, size } = readEntries(path);
  // Another kernel may have written meanwhile: then the next one cuts it.
  if (isLong && statSync(path).size === size) replaceFile(path, entries);
  const session = claimSession(path, entries.at(-1)?.session ?? 0, size);
  // Also an older file, or one that somebody has copied there; but not a device.
  if (statSync(path).isFile()) chmodSync(path, FILE_MODE);
  return {
    entries: entries.filter((each) => each.line !== CLAIM),
    session,
    append(entry) {
      if (entry.code.length <= MAX_CODE_LENGTH) appendFileSync(path, toLine(entry), { mode: FILE_MODE });
    },
  };
}

/**
 * The next number of a session. Kernels that start together see the same last one; so each writes down which it takes, and the
 * first who has done so keeps it.
 *
 * @param from where in the file what was not read yet begins.
 */
function claimSession(path: string, latest: number, from: number): number {
  const claim = randomUUID();
  for (let session = latest + 1; ; session++) {
    const line = toLine({ session, line: CLAIM, code: claim });
    appendFileSync(path, line, { mode: FILE_MODE });
    const claims = readFrom(path, from).split("\n").flatMap(parseLine);
    const first = claims.find((each) => each.session === session);
    // A file that keeps nothing, such as /dev/null, has no claim of others either.
    if (first === undefined || first.code === claim) return session;
  }
}

function readEntries(path: string): { entries: HistoryEntry[]; isLong: boolean; size: number } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_FILE_BYTES) {
    log(`The history was begun anew: ${path} has ${size} bytes. It is now called ${path}.old.`);
    renameSync(path, `${path}.old`);
    return { entries: [], isLong: false, size: 0 };
  }
  const lines = size === 0 ? [] : readFileSync(path, "utf8").split("\n");
  const entries = lines.flatMap(parseLine);
  return { entries: entries.slice(-MAX_ENTRIES), isLong: lines.length > 2 * MAX_ENTRIES, size };
}

/** What stands behind a position; all of a file that is shorter, because it was cut. */
function readFrom(path: string, position: number): string {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const start = size < position ? 0 : position;
    const buffer = Buffer.alloc(size - start);
    return buffer.toString("utf8", 0, readSync(file, buffer, 0, buffer.length, start));
  } finally {
    closeSync(file);
  }
}

function parseLine(text: string): HistoryEntry[] {
  try {
    const [session, line, code] = JSON.parse(text) as unknown[];
    const isEntry = Number.isInteger(session) && Number.isInteger(line) && typeof code === "string";
    return isEntry ? [{ session: session as number, line: line as number, code: code as string }] : [];
  } catch {
    // The last line of a kernel that was killed while it wrote, or the empty end of the file.
    return [];
  }
}

function replaceFile(path: string, entries: readonly HistoryEntry[]): void {
  const next = `${path}.${process.pid}`;
  writeFileSync(next, entries.map(toLine).join(""), { mode: FILE_MODE });
  renameSync(next, path);
}

function toLine({ session, line, code }: HistoryEntry): string {
  return `${JSON.stringify([session, line, code])}\n`;
}
