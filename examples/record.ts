// Makes the recordings of the notebooks again: the real `claude` binary, a scripted Messages API in place of a model, tools that
// really run. `npm run record:examples` records all of them anew; `npm run record:examples -- chains` those of one notebook.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { createScriptedApi } from "claude-notebook/testing";
import { execa } from "execa";
import { ensureClaudeBinary } from "../test/support/claude-binary.js";
import { ensureNotebookPackages } from "../test/support/npm-packages.js";
import { scriptedExamples } from "./scripted-examples.js";

/** The notebooks that ask Claude, by name. */
const notebooks = [
  "welcome",
  "notebook_markdown_demo",
  "conversations",
  "templates",
  "chains",
  "agents",
  "tools",
  "server",
  "data_analysis_agent",
  "code_review",
  "test_generation",
  "docs_generation",
  "multi_agent",
  "conversation_chains",
  "typed_answers",
];

/** Those that import packages: they run in a folder that has these. */
const withPackages = new Set(["data_analysis_agent"]);

/** Pause before each delta, in milliseconds: about the pace of a model, so that a replay at its recorded pace looks real. */
const DELTA_PAUSE_MS = 12;

const examples = import.meta.dirname;
const recordings = join(examples, "recordings");
/** Which recordings belong to which notebook; `claude-notebook new` takes them along. */
const listPath = join(examples, "recordings.json");
const home = mkdtempSync(join(tmpdir(), "claude-notebook-record-"));
const api = await createScriptedApi(scriptedExamples, { delayMs: DELTA_PAUSE_MS });
const chosen = process.argv.slice(2);

try {
  const bin = join(home, "bin");
  mkdirSync(bin);
  symlinkSync(await ensureClaudeBinary(), join(bin, "claude"));

  const environment = api.env(home);
  const command = resolve(examples, "../dist/kernel/cli/main.js");
  const list = readList();
  for (const name of chosen.length === 0 ? notebooks : chosen) {
    const folder = await layOut(name);
    await execa(
      process.execPath,
      [command, "run", join(folder, `${name}.ipynb`), "-o", join(folder, "out.ipynb")],
      {
        stdio: "inherit",
        extendEnv: false,
        env: {
          ...environment,
          PATH: [bin, environment.PATH].join(delimiter),
          CLAUDE_NOTEBOOK_MODE: "record",
          // The CLI's own checklist tool; without this it offers TaskCreate and TaskUpdate in its place.
          CLAUDE_CODE_ENABLE_TASKS: "false",
        },
      },
    );
    list[name] = readdirSync(join(folder, "recordings")).sort();
    cpSync(join(folder, "recordings"), recordings, { recursive: true });
  }
  const inOrder = Object.fromEntries(notebooks.flatMap((name) => (list[name] ? [[name, list[name]]] : [])));
  writeFileSync(listPath, `${JSON.stringify(inOrder, undefined, 2)}\n`);
  removeOthers(new Set(Object.values(inOrder).flat()));
  console.log(`\n${readdirSync(recordings).length} recordings in ${recordings}`);
} finally {
  await api.close();
  rmSync(home, { recursive: true, force: true });
}

function readList(): Record<string, string[]> {
  return existsSync(listPath) ? JSON.parse(readFileSync(listPath, "utf8")) : {};
}

/** Recordings of prompts that no notebook asks any more. */
function removeOthers(known: ReadonlySet<string>): void {
  for (const name of readdirSync(recordings)) if (!known.has(name)) rmSync(join(recordings, name));
}

/** A folder with the notebook, its data and, where it needs them, packages. */
async function layOut(name: string): Promise<string> {
  const folder = join(home, name);
  cpSync(join(examples, "data"), join(folder, "data"), { recursive: true });
  cpSync(join(examples, `${name}.ipynb`), join(folder, `${name}.ipynb`));
  if (withPackages.has(name))
    symlinkSync(join(await ensureNotebookPackages(), "node_modules"), join(folder, "node_modules"));
  return folder;
}
