import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { removeFolder } from "./remove-folder.js";

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders.splice(0)) await removeFolder(folder);
});

/** A fresh folder that is removed when the test file ends. */
export function tempFolder(name = "claude-notebook"): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  folders.push(folder);
  return folder;
}
