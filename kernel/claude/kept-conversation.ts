import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { stateFolder } from "../../src/storage/state-folder.js";
import { writeFileAtomically } from "../../src/storage/write-file-atomically.js";

const schema = z.looseObject({ name: z.string(), sessionId: z.uuid() });

/** Where the session of a notebook's cells is noted for its next kernel. */
function fileOf(name: string): string {
  const hash = createHash("sha256").update(name).digest("hex");
  return join(stateFolder(process.env, process.platform), "cells", `${hash}.json`);
}

/** The session that the notebook's last kernel ended with; undefined where none is known or its file is not ours. */
export async function readKeptSession(name: string): Promise<string | undefined> {
  try {
    const kept = schema.parse(JSON.parse(await readFile(fileOf(name), "utf8")));
    return kept.name === name ? kept.sessionId : undefined;
  } catch {
    return undefined;
  }
}

export async function keepSession(name: string, sessionId: string): Promise<void> {
  const file = fileOf(name);
  await mkdir(join(file, ".."), { recursive: true, mode: 0o700 });
  await writeFileAtomically(file, `${JSON.stringify({ name, sessionId })}\n`);
}
