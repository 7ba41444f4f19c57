import { cpSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scriptedExamples } from "../../examples/scripted-examples.js";
import { ANALYSIS, layOutAnalysis } from "../support/analysis-folder.js";
import { runCli } from "../support/run-cli.js";
import { type ScriptedClaude, scriptedClaude } from "../support/scripted-claude.js";
import { shownCells } from "../support/shown-cells.js";
import { tempFolder } from "../support/temp-folder.js";

const examples = resolve(import.meta.dirname, "../../examples");
/** They ask nobody, and need libraries or data that their own tests lay out. */
const WITHOUT_CLAUDE = ["display.ipynb", "parameters.ipynb"];
const names = readdirSync(examples).filter(
  (name) => name.endsWith(".ipynb") && !WITHOUT_CLAUDE.includes(name),
);

let claude: ScriptedClaude;
beforeAll(async () => {
  claude = await scriptedClaude(scriptedExamples);
});
afterAll(() => claude?.api.close());

async function runAll(folder: string, name: string, mode: string) {
  const before = claude.api.requests.length;
  const output = join(folder, `${mode}.ipynb`);
  const env = { ...claude.env, CLAUDE_NOTEBOOK_MODE: mode, CLAUDE_CODE_ENABLE_TASKS: "false" };
  const run = await runCli(["run", name, "-o", output], { cwd: folder, home: claude.env.HOME!, env });
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  return { shown: shownCells(output), calls: claude.api.requests.length - before };
}

test.each(names)(
  "Restart and Run All of %s makes no call to the API, and shows what the first run showed",
  { timeout: 300_000 },
  async (name) => {
    const folder = tempFolder("run-all");
    if (name === ANALYSIS) await layOutAnalysis(folder);
    else
      for (const each of [name, "data"])
        cpSync(join(examples, each), join(folder, each), { recursive: true });
    const first = await runAll(folder, name, "record");
    expect(first.calls).toBeGreaterThan(0);
    const again = await runAll(folder, name, "auto");
    expect(again.calls).toBe(0);
    expect(again.shown).toEqual(first.shown);
  },
);
