import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CliArgument } from "../options/option-table.js";

export interface WrittenArguments {
  readonly args: readonly string[];
  /** Removes the files. */
  remove(): Promise<void>;
}

/** Writes the private files among the arguments into a folder that only this user can read, and puts their paths in their place. */
export async function writePrivateFiles(args: readonly CliArgument[]): Promise<WrittenArguments> {
  if (args.every((arg) => typeof arg === "string")) return { args, remove: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), "claude-notebook-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    return { args: await Promise.all(args.map((arg) => writeArgument(folder, arg))), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function writeArgument(folder: string, arg: CliArgument): Promise<string> {
  if (typeof arg === "string") return arg;
  const path = join(folder, arg.name);
  await writeFile(path, arg.text, { mode: 0o600 });
  return path;
}
