import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { cachedFolder } from "../../test/support/cached-folder.js";
import { makeSession, RECORDS, TOOL_CALLS } from "./make-session.js";

/** The peer, from PyPI. */
const PEER = "claude-code-log==1.7.0";

const ROUNDS = 5;

/** How long each takes for the same session, as a whole program and, for ours, inside a running one; and how large the page is. */
export async function run(): Promise<{ json: unknown; table: string }> {
  const folder = mkdtempSync(join(tmpdir(), "bench-session-"));
  try {
    const transcript = join(folder, "session.jsonl");
    writeFileSync(
      transcript,
      `${makeSession()
        .map((record) => JSON.stringify(record))
        .join("\n")}\n`,
    );
    const python = await cachedFolder("bench-claude-code-log-1.7.0", async (target) => {
      await execa("python3", ["-m", "venv", target]);
      await execa(join(target, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", PEER]);
    });
    const { main, render } = await loadBuilt();
    const ours = join(folder, "ours.html");
    const theirs = join(folder, "theirs.html");
    const times = { program: [] as number[], peer: [] as number[], inside: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      times.program.push(
        await timed(() => execa(process.execPath, [main, "export", transcript, "-o", ours])),
      );
      // It keeps a cache beside the transcript; each round starts without.
      rmSync(join(folder, "cache"), { recursive: true, force: true });
      const options = { env: { HOME: folder, XDG_CACHE_HOME: join(folder, "cache") } };
      times.peer.push(
        await timed(() =>
          execa(join(python, "bin", "claude-code-log"), [transcript, "-o", theirs, "--no-cache"], options),
        ),
      );
      times.inside.push(await timed(() => render(transcript)));
    }
    const rows = [
      { name: "claude-notebook, in a running process", ms: median(times.inside), bytes: sizeOf(ours) },
      { name: "`claude-notebook export`, whole program", ms: median(times.program), bytes: sizeOf(ours) },
      { name: `${PEER.replace("==", " ")}, whole program`, ms: median(times.peer), bytes: sizeOf(theirs) },
    ];
    return { json: { records: RECORDS, toolCalls: TOOL_CALLS, rounds: ROUNDS, rows }, table: tableOf(rows) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The package as users have it: compiled. */
async function loadBuilt(): Promise<{ main: string; render: (transcript: string) => Promise<string> }> {
  const dist = resolve(import.meta.dirname, "../../dist");
  const main = join(dist, "kernel/cli/main.js");
  if (!existsSync(main)) throw new Error(`There is no ${main}: run \`npm run build\` first.`);
  const { readSavedSession } = await import(join(dist, "kernel/cli/commands/read-saved-session.js"));
  const { renderSessionPage } = await import(join(dist, "renderers/index.js"));
  return {
    main,
    render: async (transcript) => renderSessionPage((await readSavedSession(transcript)).messages),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!);
}

function sizeOf(path: string): number {
  return readFileSync(path).byteLength;
}

function tableOf(rows: readonly { name: string; ms: number; bytes: number }[]): string {
  const lines = rows.map(({ name, ms, bytes }) => `| ${name} | ${ms} ms | ${Math.round(bytes / 1000)} kB |`);
  return ["| 575 records, 250 tool calls | median | page |", "| --- | ---: | ---: |", ...lines].join("\n");
}
