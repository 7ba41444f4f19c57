import { readFile, stat } from "node:fs/promises";
import { HostError } from "../host-error.js";
import type { Notebook } from "../notebook/notebook.js";
import { writeOutput } from "../notebook/write-output.js";
import { createRedactor } from "../redact/redactor.js";
import type { FormatOptions, WrittenExport } from "./export-format.js";
import type { ExportSource } from "./export-source.js";
import { openNotebook } from "./open-notebook.js";
import { notebookScript } from "./script/notebook-script.js";
import { hasScriptHeader } from "./script/script-header.js";

/** Languages whose cells are code of a script, by the names that kernels give them. */
const LANGUAGES = /^(?:typescript|javascript)$/i;

/** Writes the program. Home folders stay in its code: a shell knows `~`, and `readFile` does not. */
export async function writeScript(
  source: ExportSource,
  path: string,
  options: FormatOptions,
): Promise<WrittenExport> {
  await checkNotWritten(path);
  const { notebook, file, report, redacted } = await openNotebook(source.path, path, {
    ...options,
    keepsHomes: true,
  });
  const { metadata } = notebook;
  const language = metadata.language_info?.name ?? metadata.kernelspec?.language ?? "typescript";
  if (!LANGUAGES.test(language)) {
    throw new HostError(
      "notebook-language",
      `${source.path} is a notebook in ${language}; only notebooks in TypeScript become scripts.`,
      { hints: [`For other languages there is \`jupyter nbconvert --to script ${source.path}\``] },
    );
  }
  const { text, notes } = notebookScript(notebook, file);
  await writeOutput(path, text);
  const homes = redacted ? homesNote(notebook) : [];
  return { report, redacted, notes: [...notes, ...homes] };
}

/** Beside `shop.ipynb` a `shop.ts` may stand that somebody has written. @throws HostError `output-exists` */
async function checkNotWritten(path: string): Promise<void> {
  const isFile = (await stat(path).catch(() => undefined))?.isFile() ?? false;
  const program = isFile ? await readFile(path, "utf8").catch(() => "") : "";
  if (program === "" || hasScriptHeader(program)) return;
  throw new HostError(
    "output-exists",
    `${path} is there already, and it was not exported from a notebook: it stays as it is.`,
    { hints: ["Name another file with `-o`, or remove this one first"] },
  );
}

function homesNote({ cells }: Notebook): string[] {
  const redactor = createRedactor();
  for (const { source } of cells) redactor.text(source, "");
  const { homePaths } = redactor.report();
  if (homePaths === 0) return [];
  const paths =
    homePaths === 1 ? "1 home path stays" : `${homePaths.toLocaleString("en-US")} home paths stay`;
  return [`${paths} in the script: it would not find its files without.`];
}
