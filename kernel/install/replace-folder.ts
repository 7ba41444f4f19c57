import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Builds a folder aside and gives it its name when it is complete. Aside means beside its parent, not in it: Jupyter looks at
 * every folder in there.
 */
export async function replaceFolder(folder: string, build: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const aside = await mkdtemp(join(dirname(dirname(folder)), ".claude-notebook-"));
  try {
    const built = join(aside, "new");
    await mkdir(built);
    await build(built);
    await rename(folder, join(aside, "old")).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
    await rename(built, folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
