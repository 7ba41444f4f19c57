import { basename } from "node:path";
import { nearestName } from "../../src/options/nearest-name.js";
import { listRecordings } from "../../src/recording/list-recordings.js";
import { MODE_VARIABLE, type RecordingMode, recordingModeOf } from "../../src/recording/recording-mode.js";
import { recordingsFolder } from "../../src/recording/recordings-folder.js";
import { usedRecordings } from "../../src/recording/used-recordings.js";
import { MagicError } from "./magic.js";

/** What a mode does with the turns that follow. */
const meanings: Readonly<Record<RecordingMode, string>> = {
  auto: "what is recorded is replayed, the rest is asked and not recorded",
  live: "everything is asked, nothing is recorded",
  record: "everything is asked and recorded anew",
  update: "what is recorded is replayed, the rest is asked and recorded",
  replay: "everything is replayed, what is not recorded is an error",
};

/** What `%claude` may be followed by, and the mode it sets. */
const words: Readonly<Record<string, RecordingMode | undefined>> = {
  record: "update",
  "record --all": "record",
  replay: "replay",
  live: "live",
  auto: "auto",
  status: undefined,
};

/** Recordings that are listed in full. */
const MAX_LISTED = 20;
/** Longest prompt in the list, in characters. */
const MAX_PROMPT_CHARS = 60;

/**
 * Sets the mode of the turns that follow in this kernel, of `query()` too, or tells how it stands.
 *
 * @returns what to tell the user.
 * @throws MagicError for a word that is none of a mode.
 */
export async function claudeMode(args: string, env: NodeJS.ProcessEnv): Promise<string> {
  const said = args.split(/\s+/).join(" ") || "status";
  if (!Object.hasOwn(words, said)) throw new MagicError(explain(said));
  const mode = words[said];
  if (mode === undefined) return status(env);
  env[MODE_VARIABLE] = mode;
  return `${modeLine(mode)}\n`;
}

function modeLine(mode: RecordingMode): string {
  return `Claude's mode is ${mode}: ${meanings[mode]}.`;
}

async function status(env: NodeJS.ProcessEnv): Promise<string> {
  const folder = recordingsFolder(undefined, env);
  const recordings = await listRecordings(folder);
  const used = usedRecordings();
  const unused = recordings.filter(({ path }) => !used.has(path));
  const count = recordings.length - unused.length;
  const lines = [
    modeLine(recordingModeOf(env)),
    `Recordings are in ${folder}: ${recordings.length}, of which this kernel has used ${count}.`,
  ];
  if (unused.length > 0) {
    lines.push(
      "Not used by this kernel so far. After a run of the whole notebook they are another notebook's, or fit none any more:",
      ...unused
        .slice(0, MAX_LISTED)
        .map(({ path, prompt }) => `  ${basename(path, ".jsonl").slice(0, 8)}  ${shorten(prompt)}`),
    );
    if (unused.length > MAX_LISTED) lines.push(`  … ${unused.length - MAX_LISTED} more`);
  }
  return `${lines.join("\n")}\n`;
}

function shorten(prompt: string | undefined): string {
  if (prompt === undefined) return "(cannot be read)";
  const line = prompt.replace(/\s+/g, " ").trim();
  return line.length > MAX_PROMPT_CHARS ? `${line.slice(0, MAX_PROMPT_CHARS)}…` : line;
}

function explain(said: string): string {
  const known = Object.keys(words);
  const near = nearestName(said, known);
  const hint = near ? ` Did you mean %claude ${near}?` : "";
  return `%claude takes ${known.join(", ")}, not ${said}.${hint} A prompt needs a cell of its own, which begins with %%claude.`;
}
