import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { cachedFolder, cacheRoot } from "./cached-folder.js";
import { tempFolder } from "./temp-folder.js";

const root = resolve(import.meta.dirname, "../..");

/** What neither goes into the package nor makes what does. */
const NO_SOURCE = /^(test|bench|docs\/.*\/)/;

/**
 * The tarball that `npm pack` makes of a clean clone: a copy of the tracked files with nothing built yet. Once for each state
 * of the sources.
 */
export async function ensurePackedPackage(): Promise<string> {
  const files = await trackedFiles();
  const name = `package-${hashOf(files)}`;
  for (const old of readdirSync(cacheRoot).filter(
    (each) => each.startsWith("package-") && !each.startsWith(name),
  ))
    rmSync(join(cacheRoot, old), { recursive: true, force: true });
  const folder = await cachedFolder(name, async (target) => {
    const clone = tempFolder("clone");
    for (const file of files) cpSync(join(root, file), join(clone, file));
    symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
    await execa("npm", ["pack", "--pack-destination", target], { cwd: clone });
  });
  return join(folder, readdirSync(folder).find((each) => each.endsWith(".tgz"))!);
}

async function trackedFiles(): Promise<string[]> {
  // New files too, which a developer has not committed yet.
  const { stdout } = await execa("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  return stdout
    .split("\n")
    .filter((file) => file !== "" && !NO_SOURCE.test(file))
    .sort();
}

function hashOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 12);
}
