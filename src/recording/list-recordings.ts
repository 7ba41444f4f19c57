import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** A file of the folder of recordings. */
export interface ListedRecording {
  /** Absolute. */
  readonly path: string;
  /** What was asked; undefined for a file whose first line cannot be read. */
  readonly prompt: string | undefined;
}

/** The recordings of a folder, by name; none where there is no such folder. */
export async function listRecordings(folder: string): Promise<ListedRecording[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const paths = names.filter((name) => name.endsWith(".jsonl")).sort();
  return Promise.all(
    paths.map(async (name) => {
      const path = join(folder, name);
      return { path, prompt: await promptIn(path) };
    }),
  );
}

const header = z.looseObject({ claude_notebook_recording: z.number(), prompt: z.string() });

/** Of a recording, which may be large, only the first line is read. */
async function promptIn(path: string): Promise<string | undefined> {
  try {
    const file = await open(path);
    // Leaving the loop closes the file.
    for await (const line of file.readLines()) return header.parse(JSON.parse(line)).prompt;
  } catch {
    // Listed without its prompt: whoever replays it learns what is wrong with it.
  }
  return undefined;
}
