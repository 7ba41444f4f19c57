import { stat } from "node:fs/promises";

/**
 * What `-o` means: a folder for several notebooks, and for one if it is there or is written as one; else a file.
 * @returns what `runNotebooks` takes as `output`.
 */
export async function runTarget(
  paths: readonly string[],
  output: string | undefined,
): Promise<string | readonly string[] | undefined> {
  if (output === undefined || paths.length > 1 || /[/\\]$/.test(output)) return output;
  const isFolder = (await stat(output).catch(() => undefined))?.isDirectory() ?? false;
  return isFolder ? output : [output];
}
