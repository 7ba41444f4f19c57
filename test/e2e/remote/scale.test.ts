import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/run-cli.js";
import { runOverGateways } from "../../support/run-over-gateways.js";
import { tempFolder } from "../../support/temp-folder.js";

/** Whole with SOAK=1, else a part of it. */
const load = process.env.SOAK
  ? { notebooks: 50, endBefore: 20, jobs: 8 }
  : { notebooks: 6, endBefore: 2, jobs: 4 };

test(`${load.notebooks} notebooks over two gateways, one of them killed midway: each ends once, and the report names those that began again`, async () => {
  const folder = tempFolder();
  const prefix = join(folder, "prefix");
  expect(await runCli(["install", "--prefix", prefix], { home: folder })).toMatchObject({ exitCode: 0 });
  const run = await runOverGateways({ folder, prefix, ...load });
  expect(run.cli, run.cli.stderr).toMatchObject({ exitCode: 0 });
  expect(run.cutOff.length).toBe(load.jobs / 2);
  for (const name of run.names) expect(run.outputOf(name)).toBe(`${name} counted to 500500\n`);
  const summary = run.cli.stderr.slice(run.cli.stderr.lastIndexOf("✓"));
  expect(summary).toContain(`${load.notebooks} notebooks: ${load.notebooks} ok`);
  for (const name of run.cutOff) {
    const again = `${name}.ipynb: ↻ again from the first cell: cut off in cell 2 on http://127.0.0.1:`;
    expect(summary).toContain(again);
    expect(run.junit).toMatch(new RegExp(`<testsuite name="${name}.ipynb"[^>]*failures="0" errors="0"`));
  }
  expect(run.junit.match(/again from the first cell/g)?.length).toBeGreaterThanOrEqual(run.cutOff.length);
}, 1_500_000);
