import { homedir } from "node:os";
import { resolve } from "node:path";
import { type Magic, MagicError } from "./magic.js";

let previous: string | undefined;

/** Changes the working folder of files and programs; imports go on from the notebook's folder. */
export const cdMagic: Magic = {
  name: "cd",
  usage: "%cd [FOLDER | -]",
  summary: "Change the working folder (home if none is named, - for the last one)",
  runLine({ args }) {
    const from = process.cwd();
    const to = targetOf(unquote(args));
    try {
      process.chdir(to);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      const why = code === "ENOENT" ? "there is no such folder" : (cause as Error).message;
      throw new MagicError(`%cd cannot go to ${to}: ${why}.`, { cause });
    }
    previous = from;
    console.log(process.cwd());
  },
};

function targetOf(named: string): string {
  if (named === "") return homedir();
  if (named !== "-") return resolve(named.replace(/^~(?=$|[\\/])/, homedir()));
  if (previous === undefined) throw new MagicError("%cd - has no folder to go back to yet.");
  return previous;
}

function unquote(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
