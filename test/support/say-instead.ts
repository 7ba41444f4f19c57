import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Replaces text in the recordings beside a notebook, as if Claude had said something else; throws when none has it. */
export function sayInstead(folder: string, before: string, after: string): void {
  const recordings = join(folder, "recordings");
  const changed = readdirSync(recordings).filter((name) => {
    const text = readFileSync(join(recordings, name), "utf8");
    if (text.includes(before)) writeFileSync(join(recordings, name), text.replaceAll(before, after));
    return text.includes(before);
  });
  if (changed.length === 0) throw new Error(`No recording says ${before}.`);
}
