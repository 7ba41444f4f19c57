import { mkdir } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { renderNotebookMarkdown } from "../../renderers/markdown-export/render-notebook-markdown.js";
import { renderSessionMarkdown } from "../../renderers/markdown-export/render-session-markdown.js";
import { describeSystemError } from "../../src/system-error.js";
import { HostError } from "../host-error.js";
import { writeOutput } from "../notebook/write-output.js";
import type { FormatOptions, WrittenExport } from "./export-format.js";
import type { ExportSource } from "./export-source.js";
import { openNotebook } from "./open-notebook.js";
import { openSession } from "./session/open-session.js";

/** Writes the markdown text, and its pictures into the folder `NAME_files` beside it, as nbconvert calls it. */
export async function writeMarkdown(
  source: ExportSource,
  path: string,
  options: FormatOptions,
): Promise<WrittenExport> {
  const { title, embedImages, hideCode } = options;
  if (source.type === "session") {
    const { turns, title: own, redacted } = await openSession(source.path, path, options.redact);
    await writeOutput(path, renderSessionMarkdown(turns, { title: title ?? own }));
    return { redacted, notes: [] };
  }
  const { notebook, report, redacted } = await openNotebook(source.path, path, options);
  const folder = `${basename(path, extname(path))}_files`;
  const pictureFolder = embedImages ? undefined : folder;
  const { text, pictures } = renderNotebookMarkdown(notebook, { title, hideCode, pictureFolder });
  // Pictures first: a text that is there has all of them.
  if (pictures.length > 0) await createFolder(join(dirname(path), folder));
  for (const { name, data, encoding } of pictures)
    await writeOutput(join(dirname(path), folder, name), Buffer.from(data, encoding));
  await writeOutput(path, text);
  return { report, redacted, notes: [] };
}

async function createFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    const message = `Cannot create the folder ${folder} for pictures: ${describeSystemError(cause)}.`;
    throw new HostError("output-unwritable", message, { cause });
  });
}
