import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";

/** Installs what bench/package.json names, once; what is there stays. */
export async function installPeers(): Promise<string> {
  const folder = import.meta.dirname;
  const modules = join(folder, "node_modules");
  if (!existsSync(join(modules, ".package-lock.json"))) {
    // With install scripts: Deno's brings its executable.
    await execa("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
  }
  return modules;
}
