import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scriptedExamples } from "../../examples/scripted-examples.js";
import { ANALYSIS, layOutAnalysis } from "../support/analysis-folder.js";
import { runCli } from "../support/run-cli.js";
import { type ScriptedClaude, scriptedClaude } from "../support/scripted-claude.js";
import { tempFolder } from "../support/temp-folder.js";

const examples = resolve(import.meta.dirname, "../../examples");
/** Asks nobody, and needs libraries that its own test installs. */
const WITHOUT_CLAUDE = ["display.ipynb"];
const names = readdirSync(examples).filter(
  (name) => name.endsWith(".ipynb") && !WITHOUT_CLAUDE.includes(name),
);

let claude: ScriptedClaude;
beforeAll(async () => {
  claude = await scriptedClaude(scriptedExamples);
});
afterAll(() => claude?.api.close());

interface Output {
  readonly name?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly text?: string | readonly string[];
}

/** What is another in each run, and what only a turn that runs has. */
const ofOneRun: readonly (readonly [RegExp, string])[] = [
  [/\b(returns|conversations|templates|proposals)-\w{6}\b/g, "$1-TEMPORARY"],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "ID"],
  [/\d{4}-\d\d-\d\d \d\d:\d\d/g, "DATE"],
  [/\d+(?:\.\d+)? (?:ms|s|min)\b/g, ""],
  // A replay costs nothing and says so.
  [/replayed(?: from recording(?: \w+)?)?|\$[\d.]+(?: now)?|costUsd: [\d.]+/g, ""],
  // It calls no tool of the notebook, so the registry of tools counts fewer calls.
  [/(?<=allow +(?:function|openapi|proposal) +)\d+/g, "CALLS"],
  // What stood between is gone.
  [/[\s·]+/g, " "],
  [/ ?\( ?\)| (?=\))|(?<=\() |^ | $/g, ""],
];

/** What each cell shows, as text. */
function shownIn(path: string): string[] {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: { outputs?: Output[] }[] };
  return cells.map(({ outputs = [] }) => {
    const texts = outputs.map(({ data, text = [] }) => [data?.["text/plain"] ?? [], text].flat().join(""));
    return ofOneRun.reduce((text, [pattern, stands]) => text.replace(pattern, stands), texts.join("\n"));
  });
}

async function runAll(folder: string, name: string, mode: string) {
  const before = claude.api.requests.length;
  const output = join(folder, `${mode}.ipynb`);
  const env = { ...claude.env, CLAUDE_NOTEBOOK_MODE: mode, CLAUDE_CODE_ENABLE_TASKS: "false" };
  const run = await runCli(["run", name, "-o", output], { cwd: folder, home: claude.env.HOME!, env });
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  return { shown: shownIn(output), calls: claude.api.requests.length - before };
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
