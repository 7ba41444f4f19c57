import { mkdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { IndexEntry } from "../../renderers/index-page/render-index-page.js";
import { describeSystemError } from "../../src/system-error.js";
import { HostError } from "../host-error.js";
import { writeOutput } from "../notebook/write-output.js";
import type { ExportFormat, FormatOptions, WrittenExport } from "./export-format.js";
import type { ExportTarget } from "./plan-targets.js";

/** The name of the index page in its folder. */
export const INDEX_NAME = "index.html";

export interface ExportSourcesOptions extends FormatOptions {
  /** Whether folders that are not there yet are made. @defaultValue false */
  readonly makesFolders?: boolean | undefined;
  /** The folder that gets an index page; undefined for none. */
  readonly indexFolder?: string | undefined;
  /** Told of each export when it is done. */
  readonly onWritten?: ((target: ExportTarget, written: WrittenExport) => void) | undefined;
  /** Told of each source that could not be exported. */
  readonly onFailure?: ((target: ExportTarget, error: HostError) => void) | undefined;
}

/**
 * Exports sources one after the other, then their index. One that fails is reported, and the others are exported all the same.
 *
 * @returns the path of the index page, if one was written.
 * @throws HostError `output-unwritable` when the index page cannot be written.
 */
export async function exportSources(
  targets: readonly ExportTarget[],
  format: ExportFormat,
  options: ExportSourcesOptions,
): Promise<string | undefined> {
  const { makesFolders = false, indexFolder, onWritten, onFailure, ...rest } = options;
  // Where there is an index, a title is for that.
  const own = indexFolder === undefined ? rest : { ...rest, title: undefined };
  const done: ExportTarget[] = [];
  for (const target of targets) {
    if (options.signal?.aborted) break;
    try {
      checkTakes(format, target);
      if (makesFolders) await createFolder(dirname(target.path));
      const written = await format.write(target.source, target.path, own);
      done.push(target);
      onWritten?.(target, written);
    } catch (error) {
      onFailure?.(target, HostError.isInstance(error) ? error : unexpected(target, error));
    }
  }
  if (indexFolder === undefined || done.length === 0) return undefined;
  const { renderIndexPage } = await import("../../renderers/index-page/render-index-page.js");
  const path = join(indexFolder, INDEX_NAME);
  const entries = await Promise.all(done.map((target) => entryOf(target, indexFolder)));
  await writeOutput(path, renderIndexPage(entries, { title: rest.title }));
  return path;
}

/** @throws HostError `export-input` when the format does not take such a source. */
export function checkTakes({ name, takes }: ExportFormat, { source }: ExportTarget): void {
  if (takes.includes(source.type)) return;
  throw new HostError(
    "export-input",
    `--to ${name} is for notebooks: ${source.path} is a saved session, and holds no program.`,
  );
}

/** Whatever one file does to us, it does not cost the others. */
function unexpected({ source }: ExportTarget, cause: unknown): HostError {
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new HostError("export-failed", `${source.path} cannot be exported: ${reason.replace(/\.$/, "")}.`, {
    cause,
    hints: ["It may be a fault of claude-notebook; with CLAUDE_NOTEBOOK_DEBUG=1 it says where"],
  });
}

async function createFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    const message = `Cannot create the folder ${folder}: ${describeSystemError(cause)}.`;
    throw new HostError("output-unwritable", message, { cause });
  });
}

/** From the page itself: what was left out or made unreadable there cannot be found in the index either. */
async function entryOf({ path, source }: ExportTarget, folder: string): Promise<IndexEntry> {
  const address = relative(folder, path).replaceAll("\\", "/");
  return { address, name: source.name.replaceAll("\\", "/"), page: await readFile(path, "utf8") };
}
