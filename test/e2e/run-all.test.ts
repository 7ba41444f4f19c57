import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scriptedAgents } from "../../examples/scripted-agents.js";
import { scriptedAnalysis } from "../../examples/scripted-analysis.js";
import { scriptedAnswers } from "../../examples/scripted-answers.js";
import { scriptedSystems } from "../../examples/scripted-systems.js";
import { ANALYSIS, layOutAnalysis } from "../support/analysis-folder.js";
import { runCli } from "../support/run-cli.js";
import { type ScriptedClaude, scriptedClaude } from "../support/scripted-claude.js";
import { tempFolder } from "../support/temp-folder.js";

const examples = resolve(import.meta.dirname, "../../examples");
/** They ask nobody, and need libraries or data that their own tests lay out. */
const WITHOUT_CLAUDE = ["display.ipynb", "parameters.ipynb"];
const names = readdirSync(examples).filter(
  (name) => name.endsWith(".ipynb") && !WITHOUT_CLAUDE.includes(name),
);

let claude: ScriptedClaude;
beforeAll(async () => {
  claude = await scriptedClaude([
    ...scriptedAnswers,
    ...scriptedSystems,
    ...scriptedAgents,
    ...scriptedAnalysis,
  ]);
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
    else cpSync(join(examples, name), join(folder, name));
    const first = await runAll(folder, name, "record");
    expect(first.calls).toBeGreaterThan(0);
    const again = await runAll(folder, name, "auto");
    expect(again.calls).toBe(0);
    expect(again.shown).toEqual(first.shown);
  },
);
