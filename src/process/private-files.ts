import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CliArgument } from "../options/option-table.js";
import type { UserIds } from "./user-ids.js";

export interface WrittenArguments {
  readonly args: readonly string[];
  /** Removes the files. */
  remove(): Promise<void>;
}

const nothing = async (): Promise<void> => {};

/**
 * Writes the private files among the arguments into a folder that only this user can read, and puts their paths in their
 * place.
 *
 * @param owner who may read them, if that is not this user.
 */
export async function writePrivateFiles(
  args: readonly CliArgument[],
  owner?: UserIds,
): Promise<WrittenArguments> {
  if (args.every((arg) => typeof arg === "string")) return { args, remove: nothing };
  const folder = await mkdtemp(join(tmpdir(), "claude-notebook-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const written = await Promise.all(args.map((arg) => writeArgument(folder, arg, owner)));
    if (owner) await chown(folder, owner.uid, owner.gid);
    return { args: written, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function writeArgument(folder: string, arg: CliArgument, owner: UserIds | undefined): Promise<string> {
  if (typeof arg === "string") return arg;
  const path = join(folder, arg.name);
  await writeFile(path, arg.text, { mode: 0o600 });
  if (owner) await chown(path, owner.uid, owner.gid);
  return path;
}

/** Flags that take a file → those that take what would stand in it. The others take both. */
const inlineFlags: Readonly<Record<string, string>> = {
  "--system-prompt-file": "--system-prompt",
  "--append-system-prompt-file": "--append-system-prompt",
};

/** Puts the contents of the private files into the arguments: a CLI on another computer cannot read files of this one. */
export function inlineFiles(args: readonly CliArgument[]): WrittenArguments {
  const texts = args.map((arg) => (typeof arg === "string" ? (inlineFlags[arg] ?? arg) : arg.text));
  return { args: texts, remove: nothing };
}
