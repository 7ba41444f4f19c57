import { HostError } from "../host-error.js";
import { writeOutput } from "../notebook/write-output.js";
import type { FormatOptions, WrittenExport } from "./export-format.js";
import type { ExportSource } from "./export-source.js";
import { openSource } from "./open-source.js";
import { notebookScript } from "./script/notebook-script.js";

/** Languages whose cells are code of a script, by the names that kernels give them. */
const LANGUAGES = /^(?:typescript|javascript)$/i;

/** Writes the program. */
export async function writeScript(
  source: ExportSource,
  path: string,
  options: FormatOptions,
): Promise<WrittenExport> {
  const opened = await openSource(source, path, options);
  if (opened.type !== "notebook") throw new TypeError("--to script takes notebooks.");
  const { metadata } = opened.notebook;
  const language = metadata.language_info?.name ?? metadata.kernelspec?.language ?? "typescript";
  if (!LANGUAGES.test(language)) {
    throw new HostError(
      "notebook-language",
      `${source.path} is a notebook in ${language}; only notebooks in TypeScript become scripts.`,
      { hints: [`For other languages there is \`jupyter nbconvert --to script ${source.path}\``] },
    );
  }
  const { text, notes } = notebookScript(opened.notebook, opened.file);
  await writeOutput(path, text);
  return { report: opened.report, redacted: opened.redacted, notes };
}
