import { join } from "node:path";
import { execa } from "execa";
import { cachedFolder } from "./cached-folder.js";

/**
 * Fetches this version of the official SDK from the npm registry into `.cache/` the first time (about 5 MB: without its
 * CLI and what it depends on) and returns its folder. It is only read.
 *
 * @throws when npm cannot fetch it; the cause carries npm's output.
 */
export async function ensureOfficialSdk(version: string): Promise<string> {
  const folder = await cachedFolder(`claude-agent-sdk-${version}`, async (target) => {
    await execa(
      "npm",
      ["pack", `@anthropic-ai/claude-agent-sdk@${version}`, "--silent", "--pack-destination", target],
      { cwd: target },
    );
    await execa("tar", ["-xzf", `anthropic-ai-claude-agent-sdk-${version}.tgz`], { cwd: target });
  });
  return join(folder, "package");
}
