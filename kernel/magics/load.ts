import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describeSystemError } from "../../src/system-error.js";
import { type Magic, MagicError } from "./magic.js";

/** Puts a file's text into the cell, for the user to run. */
export const loadMagic: Magic = {
  name: "load",
  usage: "%load FILE",
  summary: "Put a file's text into this cell (in front ends that can)",
  async runLine({ args, cell }) {
    if (args === "") throw new MagicError("%load needs the path of a file: %load FILE");
    const path = resolve(args);
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (cause) {
      throw new MagicError(`%load cannot read ${path}: ${describeSystemError(cause)}.`, { cause });
    }
    // The comment keeps the cell's history: what was typed to get here.
    cell.payload.push({ source: "set_next_input", text: `// %load ${args}\n${text}`, replace: true });
  },
};
