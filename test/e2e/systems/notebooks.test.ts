import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";

const examples = resolve(import.meta.dirname, "../../../examples");

interface Output {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly text?: string | readonly string[];
}

/** Everything that the cells show, as text. */
function shownIn(path: string): string {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: { outputs?: Output[] }[] };
  return cells
    .flatMap(({ outputs = [] }) => outputs)
    .flatMap(({ data, text = [] }) => [data?.["text/plain"] ?? [], text].flat().join(""))
    .join("\n");
}

test.each([
  [
    "conversations",
    [/Conversations \(2 conversations/, /You · turn 3/, /returns_per_order/, /turn 1: .*per order/],
  ],
  [
    "templates",
    [/Templates \(10 templates\)/, /mean\(\[\]\)/, /No return|Returns that belong/, /did you mean `change`/],
  ],
  [
    "chains",
    [
      /Chain release notes \(4 of 4 steps/,
      /║ ✓ For users/,
      /✗ publish/,
      /published "No return left behind"/,
      /request_changes/,
    ],
  ],
  [
    "agents",
    [
      /Agents \(3 agents/,
      /✓ done/,
      /Return `undefined`, and let the compiler/,
      /Not yet: an empty list throws/,
    ],
  ],
  [
    "tools",
    [/invalid_input: The tool add/, /291940/, /1,000,940/, /before: 0\nafter: koobeton/, /Tools \(3 tools/],
  ],
  [
    "server",
    [
      /http:\/\/127\.0\.0\.1:PORT/,
      /'system', 'assistant', 'result'/,
      /trains with tunnels/,
      /Hello over HTTP, too/,
      /403 The option "env" cannot be set/,
      /claude_queries_total\{outcome="success"\} 3/,
    ],
  ],
] as const)(
  "the notebook on %s runs from its recordings, without claude, account or network",
  { timeout: 300_000 },
  async (name, words) => {
    const home = tempFolder();
    cpSync(join(examples, `${name}.ipynb`), join(home, `${name}.ipynb`));
    cpSync(join(examples, "recordings"), join(home, "recordings"), { recursive: true });
    const env = { CLAUDE_NOTEBOOK_MODE: "replay" };
    const output = join(home, "out.ipynb");
    const run = await runCli(["run", `${name}.ipynb`, "-o", output], { home, env });
    expect(run.exitCode, run.stdout + run.stderr).toBe(0);
    const shown = shownIn(output);
    for (const each of words) expect(shown).toMatch(each);
  },
);
