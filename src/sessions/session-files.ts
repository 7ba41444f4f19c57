import { realpathSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { SessionNotFoundError } from "../errors.js";
import { resolveCwd } from "../options/resolve-cwd.js";
import type { SessionStore } from "../session-store/session-store.js";
import { isSessionId, requireSessionId } from "./session-id.js";

/** Where sessions are looked for. */
export interface SessionPlace {
  /** Project whose sessions are meant: a path or a `file:` URL. @defaultValue all projects */
  readonly dir?: string | URL | undefined;
  /** The CLI's own folder. @defaultValue CLAUDE_CONFIG_DIR, else `~/.claude` */
  readonly configDir?: string | undefined;
  /** Looks in a store, and not in the CLI's folder; `dir` is then this process's working folder unless it is given. */
  readonly sessionStore?: SessionStore | undefined;
}

/** The transcript of a session. */
export interface SessionFile {
  readonly sessionId: string;
  /** Absolute. */
  readonly path: string;
  /** Folder of the project's transcripts. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly bytes: number;
}

/** The CLI cuts longer names and adds a hash. */
const MAX_SLUG_LENGTH = 200;

/** The transcripts there are, the latest first. A place that does not exist has none. */
export async function sessionFiles(place: SessionPlace): Promise<SessionFile[]> {
  const folders = await projectFolders(place);
  const files = await Promise.all(folders.map(transcriptsIn));
  return files.flat().sort((a, b) => b.lastModified - a.lastModified);
}

/** @throws SessionNotFoundError for an id that is no UUID too: nothing else may become part of a path. */
export async function findSession(sessionId: string, place: SessionPlace): Promise<SessionFile> {
  requireSessionId(sessionId);
  const folders = await projectFolders(place);
  const found = await Promise.all(folders.map((folder) => fileOf(folder, sessionId)));
  const latest = found
    .filter((file) => file !== undefined)
    .sort((a, b) => b.lastModified - a.lastModified)[0];
  if (latest) return latest;
  const where = place.dir === undefined ? projectsRoot(place) : `the project ${resolveCwd(place.dir)}`;
  throw new SessionNotFoundError(sessionId, `There is no session ${sessionId} in ${where}.`, {
    hints: ["`listSessions()` lists those there are."],
  });
}

/** The CLI's folder of transcripts, a folder for each project. @param env the CLI's whole environment */
export function projectsRootOf(env: Readonly<Record<string, string | undefined>>): string {
  return join(env.CLAUDE_CONFIG_DIR ?? join(env.HOME ?? homedir(), ".claude"), "projects");
}

function projectsRoot({ configDir }: SessionPlace): string {
  return projectsRootOf(configDir === undefined ? process.env : { CLAUDE_CONFIG_DIR: configDir });
}

async function projectFolders(place: SessionPlace): Promise<string[]> {
  const root = projectsRoot(place);
  const names = (await entriesOf(root)).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const { dir } = place;
  if (dir === undefined) return names.map((name) => join(root, name));
  const slugs = [resolveCwd(dir), realPath(resolveCwd(dir))].map(slugOf);
  return names.filter((name) => slugs.some((slug) => isNamedBy(name, slug))).map((name) => join(root, name));
}

/** How the CLI names the folder of a project's transcripts. */
function slugOf(path: string): string {
  return path.replaceAll(/[^a-zA-Z0-9]/g, "-");
}

function isNamedBy(name: string, slug: string): boolean {
  if (slug.length <= MAX_SLUG_LENGTH) return name === slug;
  return name.startsWith(`${slug.slice(0, MAX_SLUG_LENGTH)}-`);
}

async function transcriptsIn(folder: string): Promise<SessionFile[]> {
  const ids = (await entriesOf(folder))
    .filter((entry) => entry.isFile() && entry.name.endsWith(".jsonl"))
    .map(({ name }) => name.slice(0, -".jsonl".length))
    .filter(isSessionId);
  const files = await Promise.all(ids.map((id) => fileOf(folder, id)));
  return files.filter((file) => file !== undefined);
}

async function fileOf(folder: string, sessionId: string): Promise<SessionFile | undefined> {
  const path = join(folder, `${sessionId}.jsonl`);
  const stats = await stat(path).catch(ignoreMissing);
  if (!stats?.isFile()) return undefined;
  return { sessionId, path, folder, lastModified: Math.round(stats.mtimeMs), bytes: stats.size };
}

async function entriesOf(folder: string) {
  return (await readdir(folder, { withFileTypes: true }).catch(ignoreMissing)) ?? [];
}

/** What vanished between two looks, or was never there, is simply not there. */
function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
  throw error;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
