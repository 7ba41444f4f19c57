import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { installPeers } from "../install-peers.js";
import { startBenchKernel } from "../kernel/bench-client.js";

/** Longest time for all values, in milliseconds. */
const TIMEOUT_MS = 180_000;

/** Measures `Deno.jupyter.format`, which there is in Deno's kernel only. @param packages a folder with apache-arrow */
export async function measureDeno(packages: string): Promise<unknown> {
  const deno = join(await installPeers(), ".bin", "deno");
  const folder = mkdtempSync(join(tmpdir(), "bench-display-"));
  const out = join(folder, "figures.json");
  const { kernel } = await startBenchKernel((file) => [deno, "jupyter", "--kernel", "--conn", file], folder);
  try {
    const urls = [join(import.meta.dirname, "values.mjs"), resolve(packages, "package.json")];
    const [script, from] = urls.map((path) => JSON.stringify(pathToFileURL(path).href));
    const cell = [
      'const { createRequire } = await import("node:module");',
      `const { measure } = await import(${script});`,
      `const arrow = createRequire(${from})("apache-arrow");`,
      `Deno.writeTextFileSync(${JSON.stringify(out)}, JSON.stringify(await measure(Deno.jupyter.format, arrow)));`,
    ];
    const { status } = await kernel.execute(cell.join("\n"), TIMEOUT_MS);
    if (status !== "ok") throw new Error("Deno's kernel could not run the benchmark's cell.");
    return JSON.parse(readFileSync(out, "utf8"));
  } finally {
    await kernel.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
