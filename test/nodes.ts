/**
 * `npm run test:nodes [-- VERSION…]`: runs the kernel's tests on each version of Node that we promise to work on. The
 * versions come from the npm package `node`, once, into .cache/.
 */
import { join, resolve } from "node:path";
import { execa } from "execa";
import { cachedFolder } from "./support/cached-folder.js";

const NODE_VERSIONS = ["20.20.2", "22.23.3", "24.21.0"] as const;
const root = resolve(import.meta.dirname, "..");

async function fetchNode(version: string): Promise<string> {
  const folder = await cachedFolder(`node-${version}`, async (target) => {
    // With install scripts: that of `node` links the executable of this platform.
    const flags = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
    await execa("npm", ["install", "--prefix", target, ...flags, `node@${version}`]);
  });
  return join(folder, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
}

const asked = process.argv.slice(2);
const failed: string[] = [];
for (const version of asked.length > 0 ? asked : NODE_VERSIONS) {
  const node = await fetchNode(version);
  const { stdout } = await execa(node, ["--version"]);
  console.log(`\n== The kernel's tests on Node ${stdout} ==`);
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const tests = ["test/kernel/io", "test/kernel/run"];
  const { exitCode } = await execa(node, [vitest, "run", "--project", "unit", "--maxWorkers=1", ...tests], {
    cwd: root,
    stdio: "inherit",
    reject: false,
  });
  if (exitCode !== 0) failed.push(stdout);
}
console.log(failed.length === 0 ? "\nAll pass." : `\nFailed on ${failed.join(", ")}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
