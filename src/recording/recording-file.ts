import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { RecordingError, RecordingNotFoundError } from "../errors.js";
import { isRawMessage, type RawMessage } from "../messages/parse-message.js";
import { originOf } from "../origin.js";
import type { TurnEnd, TurnLine } from "../turn.js";
import { MODE_VARIABLE } from "./recording-mode.js";

/** Version of the file's form. */
const FORMAT_VERSION = 1;

/** A turn as it is kept: see docs/recordings.md for the form of the file. */
export interface Recording {
  /** For readers of the file; a replay does not need it. */
  readonly prompt: string;
  readonly turn: number;
  readonly lines: readonly TurnLine[];
  readonly end: TurnEnd;
}

const header = z.looseObject({ claude_notebook_recording: z.number() });
const entry = z.object({ at: z.number(), line: z.custom<RawMessage>(isRawMessage, "no message") });
const ending = z.object({
  exit_code: z.number().optional(),
  signal: z.string().optional(),
  stderr: z.string(),
  unfinished_line: z.string().optional(),
});

/** Tells that a failure is a recorded one, and how to get a new answer. */
export function replayNote(path: string): string {
  return `This turn was replayed from recording \`${path}\`; delete it, or use \`${MODE_VARIABLE}=live\`.`;
}

/** {@link replayNote} as the hints of an error in what this message ended; none when its turn ran. */
export function replayHints(message: object): readonly string[] {
  const path = originOf(message)?.query.recordingPath;
  return path === undefined ? [] : [replayNote(path)];
}

/** Makes sure that recordings can be written, before a turn is paid for. @throws RecordingError */
export async function prepareRecording(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((cause) => {
    throw unwritable(path, cause);
  });
}

/** Writes a recording whole or not at all. @throws RecordingError */
export async function writeRecording(path: string, recording: Recording): Promise<void> {
  const { prompt, turn, lines, end } = recording;
  const rows = [
    { claude_notebook_recording: FORMAT_VERSION, turn, prompt },
    ...lines.map(({ raw, atMs }) => ({ at: Math.round(atMs), line: raw })),
    {
      exit_code: end.exitCode,
      signal: end.signal,
      stderr: end.stderr,
      unfinished_line: end.unfinishedLine,
    },
  ];
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw unwritable(path, cause);
  }
}

/** Reads a recording's lines and end. @throws RecordingNotFoundError, RecordingError */
export async function readRecording(path: string): Promise<Pick<Recording, "lines" | "end">> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === "ENOENT"
      ? new RecordingNotFoundError(path, `There is no recording ${path}.`)
      : unreadable(path, cause);
  });
  const rows = text.split("\n").filter((row) => row !== "");
  const { claude_notebook_recording: version } = parseRow(path, rows, 0, header);
  if (version !== FORMAT_VERSION) {
    throw new RecordingError(
      path,
      `The recording ${path} has the form ${version}; this version reads ${FORMAT_VERSION}.`,
      {
        hints: ["Update claude-notebook, or record the turn again.", replayNote(path)],
      },
    );
  }
  const last = rows.length - 1;
  const {
    exit_code: exitCode,
    signal,
    stderr,
    unfinished_line: unfinishedLine,
  } = parseRow(path, rows, last, ending);
  const lines = rows.slice(1, last).map((_, i): TurnLine => {
    const { at, line } = parseRow(path, rows, i + 1, entry);
    return { type: "line", raw: line, atMs: at };
  });
  return { lines, end: { type: "end", exitCode, signal, stderr, unfinishedLine } };
}

function parseRow<T>(path: string, rows: readonly string[], index: number, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(rows[index] ?? "null"));
  } catch (cause) {
    throw new RecordingError(path, `The recording ${path} is damaged in line ${index + 1}.`, {
      cause,
      hints: [`Record the turn again with \`${MODE_VARIABLE}=record\`.`, replayNote(path)],
    });
  }
}

function unreadable(path: string, cause: Error): RecordingError {
  return new RecordingError(path, `The recording ${path} cannot be read: ${cause.message}`, {
    cause,
    hints: [replayNote(path)],
  });
}

function unwritable(path: string, cause: unknown): RecordingError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new RecordingError(path, `The recording ${path} cannot be written: ${why}`, {
    cause,
    hints: ["Choose a folder that can be written to with CLAUDE_NOTEBOOK_RECORDINGS or `recordingsDir`."],
  });
}
