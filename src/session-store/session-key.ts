import { realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { SessionKey } from "./session-store.js";

/** The CLI cuts longer names of projects, and adds a hash. */
const MAX_PROJECT_KEY = 200;

/** How the CLI names the folder of a project's transcripts. @param cwd absolute */
export function projectKeyOf(cwd: string): string {
  const path = realPath(cwd).normalize("NFC");
  const key = path.replaceAll(/[^a-zA-Z0-9]/g, "-");
  return key.length <= MAX_PROJECT_KEY ? key : `${key.slice(0, MAX_PROJECT_KEY)}-${hash(path)}`;
}

/** The CLI's own hash of a path: the 32 bits of `31 * h + c` in base 36. */
function hash(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return Math.abs(sum).toString(36);
}

/**
 * The key of a transcript by its file: `PROJECT/SESSION.jsonl`, or `PROJECT/SESSION/subagents/…/agent-ID.jsonl`.
 *
 * @returns undefined for another file.
 */
export function keyOfFile(path: string, projectsRoot: string): SessionKey | undefined {
  const parts = relative(projectsRoot, path).split(sep);
  const [projectKey, second] = parts;
  if (projectKey === undefined || projectKey === ".." || second === undefined) return undefined;
  if (parts.length === 2) {
    return second.endsWith(".jsonl")
      ? { projectKey, sessionId: second.slice(0, -".jsonl".length) }
      : undefined;
  }
  if (parts.length < 4) return undefined;
  return {
    projectKey,
    sessionId: second,
    subpath: parts
      .slice(2)
      .join("/")
      .replace(/\.jsonl$/, ""),
  };
}

/**
 * The file of a subagent's transcript, without its ending.
 *
 * @param sessionFolder absolute.
 * @returns undefined for a subpath that would lead out of the folder: stores are other people's.
 */
export function subpathFile(sessionFolder: string, subpath: string): string | undefined {
  const parts = subpath.split(/[\\/]/);
  const isPlain = parts.every((part) => part !== "" && part !== "." && part !== ".." && !/[:\0]/.test(part));
  const path = resolve(join(sessionFolder, ...parts));
  return isPlain && path.startsWith(sessionFolder + sep) ? path : undefined;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
