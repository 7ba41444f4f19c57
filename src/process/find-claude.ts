import { accessSync, constants, lstatSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { CLINotFoundError } from "../errors.js";
import { installFolders } from "./install-folders.js";

/** Names the executable for every query that does not choose one. */
export const CLAUDE_VARIABLE = "CLAUDE_NOTEBOOK_CLAUDE";

export interface FindClaudeRequest {
  /** The `pathToClaudeCodeExecutable` option: a path, or the name of a program on PATH. */
  readonly given?: string | undefined;
  /**
   * Where the search for a project's own installation starts. Not in the folder of a query, nor in the working folder of this
   * process, which for a kernel is the notebook's: a stranger's checkout must not bring the program that is run.
   * @defaultValue the folder of this package: what is installed in the same project
   */
  readonly from?: string | undefined;
  /** The environment the CLI will have. */
  readonly env: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
}

/** A program and the arguments that come before all others. */
export interface FoundClaude {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * Finds the `claude` to run: the one that is given, else the one of CLAUDE_NOTEBOOK_CLAUDE, else the first on PATH, in
 * the project's `node_modules/.bin` (upward from `from`, of this user or root) or where its installers put it.
 *
 * @throws CLINotFoundError with every path that was tried.
 */
export function findClaude(request: FindClaudeRequest): FoundClaude {
  const given = request.given ?? request.env[CLAUDE_VARIABLE];
  const candidates = given ? givenPaths(given, request) : searchedPaths(request);
  const found = candidates.find((path) => isProgram(path) && (given || isOurs(path, request)));
  if (found) return runnable(found);
  const source = request.given ? "`pathToClaudeCodeExecutable`" : CLAUDE_VARIABLE;
  throw given
    ? new CLINotFoundError(`There is no program ${given}, which ${source} names as the claude CLI.`, {
        triedPaths: candidates,
        hints: [`Set ${source} to the path that \`which claude\` prints, or leave it out to search.`],
      })
    : new CLINotFoundError("The claude CLI was not found.", {
        triedPaths: candidates,
        hints: ["Install it with `npm i -g @anthropic-ai/claude-code`, then run `claude` once to log in."],
      });
}

function givenPaths(given: string, request: FindClaudeRequest): string[] {
  if (isAbsolute(given)) return withExtensions(given, request);
  const relative = withExtensions(resolve(given), request);
  const isBareName = !/[\\/]/.test(given);
  return isBareName ? [...inFolders(pathFolders(request.env), given, request), ...relative] : relative;
}

function searchedPaths(request: FindClaudeRequest): string[] {
  const platform = request.platform ?? process.platform;
  const home = request.env.HOME ?? homedir();
  const folders = [
    ...pathFolders(request.env),
    ...projectFolders(request),
    ...installFolders(home, request.env, platform),
  ];
  return inFolders([...new Set(folders)], "claude", request);
}

function projectFolders({ from = import.meta.dirname }: FindClaudeRequest): string[] {
  return ancestors(from).map((folder) => join(folder, "node_modules", ".bin"));
}

/** In a folder above, such as `/tmp`, anybody may have put a program, or a link to one. */
function isOurs(path: string, request: FindClaudeRequest): boolean {
  if (process.getuid === undefined || !projectFolders(request).includes(dirname(path))) return true;
  const own = new Set([0, process.getuid()]);
  return own.has(lstatSync(path).uid) && own.has(statSync(path).uid);
}

function inFolders(folders: readonly string[], name: string, request: FindClaudeRequest): string[] {
  return folders.flatMap((folder) => withExtensions(join(folder, name), request));
}

function withExtensions(path: string, { platform = process.platform }: FindClaudeRequest): string[] {
  if (platform !== "win32" || /\.[a-z]+$/i.test(path)) return [path];
  // npm puts a shell script without extension beside the `.cmd`; Windows cannot run it.
  return [`${path}.exe`, `${path}.cmd`];
}

function pathFolders(env: NodeJS.ProcessEnv): string[] {
  const path = env.PATH ?? env.Path ?? "";
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => resolve(folder));
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function isProgram(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, isScript(path) ? constants.R_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether a path names a file that Node runs. */
export function isScript(path: string): boolean {
  return /\.[cm]?js$/.test(path);
}

function runnable(path: string): FoundClaude {
  return isScript(path) ? { file: process.execPath, args: [path] } : { file: path, args: [] };
}
