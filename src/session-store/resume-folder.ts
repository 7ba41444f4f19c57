import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isPidAlive } from "../process/is-pid-alive.js";

const PREFIX = "claude-notebook-resume-";

/** What the CLI keeps beside its settings and its login: the transcripts. */
const TRANSCRIPTS = "projects";

/** Makes a folder for a CLI that resumes a session of a store; its name tells whose it is. */
export function makeResumeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Removes it. @param isStored false: what the store does not have stays, without login and settings. */
export async function removeResumeFolder(folder: string, isStored: boolean): Promise<void> {
  const left = isStored ? [folder] : (await namesIn(folder)).map((name) => join(folder, name));
  const removed = left.filter((path) => isStored || path !== join(folder, TRANSCRIPTS));
  await Promise.all(removed.map((path) => rm(path, { recursive: true, force: true, maxRetries: 4 })));
}

/** Takes the login out of folders whose process was killed and could not; transcripts that are in them stay. */
export async function sweepResumeFolders(): Promise<void> {
  const orphans = (await namesIn(tmpdir())).filter((name) => {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    return Number.isInteger(pid) && !isPidAlive(pid);
  });
  await Promise.allSettled(
    orphans.map(async (name) => {
      const folder = join(tmpdir(), name);
      if (await isOwnFolder(folder)) await removeResumeFolder(folder, false);
    }),
  );
}

/** Everybody may write to the folder for temporary files: what another user has put there may be a link to files of ours. */
async function isOwnFolder(path: string): Promise<boolean> {
  const stats = await lstat(path);
  return stats.isDirectory() && (process.getuid === undefined || stats.uid === process.getuid());
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
