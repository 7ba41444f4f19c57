/**
 * `npm run test:nodes [-- VERSION…]`: runs the kernel's tests on each version of Node that we promise to work on. The
 * versions come from the npm package `node`, once, into .cache/.
 */
import { delimiter, dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { cachedFolder } from "./support/cached-folder.js";

const NODE_VERSIONS = ["20.20.2", "22.23.3", "24.21.0"] as const;
/** The kernel's tests: the vitest project and the folders in it. */
const SUITES = [
  ["unit", "test/kernel"],
  ["e2e", "test/e2e/kernel", "test/e2e/cells", "test/e2e/engines", "test/e2e/python-clients"],
] as const;
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
  for (const [project, ...tests] of SUITES) {
    const { exitCode } = await execa(
      node,
      [vitest, "run", "--project", project, "--maxWorkers=1", ...tests],
      // What tests start as `node` is that version too.
      {
        cwd: root,
        stdio: "inherit",
        reject: false,
        env: { PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
      },
    );
    if (exitCode !== 0) failed.push(`${stdout} (${project})`);
  }
}
console.log(failed.length === 0 ? "\nAll pass." : `\nFailed on ${failed.join(", ")}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
