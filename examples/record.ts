// Makes the recordings of the notebooks again: the real `claude` binary, a scripted Messages API in place of a model, tools that
// really run. `npm run record:examples` records all of them anew; `npm run record:examples -- chains` adds to what there is.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { createScriptedApi } from "claude-notebook/testing";
import { execa } from "execa";
import { ensureClaudeBinary } from "../test/support/claude-binary.js";
import { ensureNotebookPackages } from "../test/support/npm-packages.js";
import { scriptedAgents } from "./scripted-agents.js";
import { scriptedAnalysis } from "./scripted-analysis.js";
import { scriptedAnswers } from "./scripted-answers.js";
import { scriptedSystems } from "./scripted-systems.js";

/** The notebooks that ask Claude, by name. */
const notebooks = [
  "notebook_markdown_demo",
  "conversations",
  "templates",
  "chains",
  "agents",
  "tools",
  "server",
  "data_analysis_agent",
];

/** Those that import packages: they run in a folder that has these. */
const withPackages = new Set(["data_analysis_agent"]);

/** Pause before each delta, in milliseconds: about the pace of a model, so that a replay at its recorded pace looks real. */
const DELTA_PAUSE_MS = 12;

const examples = import.meta.dirname;
const recordings = join(examples, "recordings");
const home = mkdtempSync(join(tmpdir(), "claude-notebook-record-"));
const api = await createScriptedApi(
  [...scriptedAnswers, ...scriptedSystems, ...scriptedAgents, ...scriptedAnalysis],
  { delayMs: DELTA_PAUSE_MS },
);
const chosen = process.argv.slice(2);

try {
  const bin = join(home, "bin");
  mkdirSync(bin);
  symlinkSync(await ensureClaudeBinary(), join(bin, "claude"));
  if (chosen.length === 0) rmSync(recordings, { recursive: true, force: true });

  const environment = api.env(home);
  const command = resolve(examples, "../dist/kernel/cli/main.js");
  for (const name of chosen.length === 0 ? notebooks : chosen) {
    const output = join(home, `${name}.ipynb`);
    const folder = withPackages.has(name) ? await folderWithPackages(name) : examples;
    await execa(process.execPath, [command, "run", join(folder, `${name}.ipynb`), "-o", output], {
      stdio: "inherit",
      extendEnv: false,
      env: {
        ...environment,
        PATH: [bin, environment.PATH].join(delimiter),
        CLAUDE_NOTEBOOK_MODE: "record",
        CLAUDE_NOTEBOOK_RECORDINGS: recordings,
        // The CLI's own checklist tool; without this it offers TaskCreate and TaskUpdate in its place.
        CLAUDE_CODE_ENABLE_TASKS: "false",
      },
    });
  }
  console.log(`\n${readdirSync(recordings).length} recordings in ${recordings}`);
} finally {
  await api.close();
  rmSync(home, { recursive: true, force: true });
}

/** A copy of the notebook and the data beside the packages. */
async function folderWithPackages(name: string): Promise<string> {
  const folder = join(home, name);
  cpSync(join(examples, "data"), join(folder, "data"), { recursive: true });
  cpSync(join(examples, `${name}.ipynb`), join(folder, `${name}.ipynb`));
  symlinkSync(join(await ensureNotebookPackages(), "node_modules"), join(folder, "node_modules"));
  return folder;
}
