import { format, parse, resolve } from "node:path";
import { renderSessionPage } from "../../../renderers/session/render-session-page.js";
import { checkWritable, writeOutput } from "../../notebook/write-output.js";
import { readSavedSession } from "./read-saved-session.js";

export interface ExportSessionOptions {
  /** Where the page goes. @defaultValue the session's path with `.html` */
  readonly output?: string | undefined;
  /** Title of the page. @defaultValue the first prompt */
  readonly title?: string | undefined;
}

/**
 * Exports a saved conversation to one HTML file.
 * @returns the path written.
 * @throws HostError for a file that holds no conversation, or an output that cannot be written.
 */
export async function exportSession(path: string, options: ExportSessionOptions = {}): Promise<string> {
  const { dir, name } = parse(path);
  const output = resolve(options.output ?? format({ dir, name, ext: ".html" }));
  const messages = await readSavedSession(path);
  await checkWritable(output);
  await writeOutput(output, renderSessionPage(messages, { title: options.title }));
  return output;
}
