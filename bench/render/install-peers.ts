import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";

/** Installs what this folder's package.json names, once; what is there stays. */
export async function installPeers(): Promise<void> {
  const folder = import.meta.dirname;
  if (existsSync(join(folder, "node_modules", ".package-lock.json"))) return;
  await execa("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
  });
}
