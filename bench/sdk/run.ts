import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { createScriptedApi, text } from "../../src/testing/index.js";
import { ensureClaudeBinary } from "../../test/support/claude-binary.js";
import { removeFolder } from "../../test/support/remove-folder.js";
import { type CheckedCell, measureCheckedCell } from "./checked-cell.js";

const root = resolve(import.meta.dirname, "../..");
const folder = import.meta.dirname;
const official = join(folder, "node_modules/@anthropic-ai/claude-agent-sdk/sdk.mjs");

/** The built package, and the official SDK. */
const modules = { ours: join(root, "dist/src/index.js"), official } as const;
type Sdk = keyof typeof modules;

/** Figures of one turn; turn.mjs prints them. */
interface Turn {
  readonly firstMessageMs: number;
  readonly totalMs: number;
  readonly events: number;
  readonly cpuMs: number;
  readonly maxRssMb: number;
}

const IMPORTS = 21;
const COLD_TURNS = 21;
const STREAMS = 5;
/** Deltas of the long answer; each is one `stream_event`. */
const EVENTS = 50_000;

/** Both SDKs in turn, each measurement in a process of its own, on the same CLI and the same scripted API. */
export async function run(): Promise<{ json: unknown; table: string }> {
  await installOfficial();
  const home = mkdtempSync(join(tmpdir(), "claude-notebook-bench-"));
  const words = Array.from({ length: EVENTS }, (_, n) => `w${n % 10} `).join("");
  const script = [
    { when: "hi", replies: [text("Hello.")] },
    { when: "long", replies: [text(words)] },
  ];
  const api = await createScriptedApi(script, { chunkLength: 3 });
  const shared = {
    cwd: home,
    env: api.env(home),
    includePartialMessages: true,
    // The official SDK's own default is an empty one, and then the CLI has less to prepare.
    systemPrompt: { type: "preset", preset: "claude_code" },
    pathToClaudeCodeExecutable: await ensureClaudeBinary(),
  };
  const turn = (sdk: Sdk, prompt: string, warm = false) =>
    measure<Turn>("turn.mjs", sdk, modules[sdk], JSON.stringify({ ...shared, prompt, warm }));
  try {
    const imports = await both(IMPORTS, (sdk) =>
      measure<{ importMs: number }>("measure-import.mjs", modules[sdk]),
    );
    const cold = await both(COLD_TURNS, (sdk) => turn(sdk, "hi"));
    const warm: Turn[] = [];
    for (let n = 0; n < COLD_TURNS; n++) warm.push(await turn("ours", "hi", true));
    const streams = await both(STREAMS, (sdk) => turn(sdk, "long"));
    const perSecond = ({ events, totalMs, firstMessageMs }: Turn) =>
      events / ((totalMs - firstMessageMs) / 1000);
    const rows = [
      row("import, ms", imports, ({ importMs }) => importMs),
      row("first message, cold, ms", cold, ({ firstMessageMs }) => firstMessageMs),
      row("CPU of the SDK's process for such a short turn, ms", cold, ({ cpuMs }) => cpuMs),
      row(`reading ${EVENTS} events, ms for each 1,000`, streams, (t) => 1_000_000 / perSecond(t)),
      row("the same, CPU of the SDK's process, ms", streams, ({ cpuMs }) => cpuMs),
      row("the same, most memory, MB", streams, ({ maxRssMb }) => maxRssMb),
    ];
    const prewarmedMs = median(warm.map(({ firstMessageMs }) => firstMessageMs));
    const coldMs = rows[1]!;
    const prewarmed = {
      ms: prewarmedMs,
      ofOfficialCold: prewarmedMs / coldMs.official,
      ofOwnCold: prewarmedMs / coldMs.ours,
    };
    const checkedCell = await measureCheckedCell();
    return { json: { rows, prewarmed, checkedCell }, table: tableOf(rows, prewarmed, checkedCell) };
  } finally {
    await api.close();
    await removeFolder(home);
  }
}

/** Without the 240 MB of its own CLI: both use the same. */
async function installOfficial(): Promise<void> {
  if (existsSync(official)) return;
  const flags = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  await execa("npm", ["ci", ...flags], { cwd: folder });
}

async function measure<T>(script: string, ...args: readonly string[]): Promise<T> {
  // The official SDK replaces the CLI's environment by its option `env`, ours adds to it: so that both CLIs have the same
  // (certificates to load cost it tens of milliseconds), there is nothing to add to.
  const env = { PATH: process.env.PATH };
  const { stdout } = await execa(process.execPath, [join(folder, script), ...args], {
    env,
    extendEnv: false,
  });
  return JSON.parse(stdout) as T;
}

type Pair<T> = Readonly<Record<Sdk, readonly T[]>>;

/** In turn, and each first as often as the other: whatever else the machine does meets both alike. */
async function both<T>(times: number, measureOne: (sdk: Sdk) => Promise<T>): Promise<Pair<T>> {
  const found = { ours: [] as T[], official: [] as T[] };
  for (let n = 0; n < times; n++) {
    const order: readonly Sdk[] = n % 2 === 0 ? ["ours", "official"] : ["official", "ours"];
    for (const sdk of order) found[sdk].push(await measureOne(sdk));
  }
  return found;
}

function row<T>(name: string, pair: Pair<T>, figure: (found: T) => number) {
  const ours = median(pair.ours.map(figure));
  const theirs = median(pair.official.map(figure));
  return { name, ours, official: theirs, ratio: ours / theirs };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function tableOf(
  rows: readonly ReturnType<typeof row>[],
  prewarmed: { ms: number; ofOfficialCold: number; ofOwnCold: number },
  cell: CheckedCell,
): string {
  const lines = rows.map(
    ({ name, ours, official: theirs, ratio }) =>
      `| ${name} | ${ours.toFixed(1)} | ${theirs.toFixed(1)} | ${ratio.toFixed(2)}x |`,
  );
  const { ms, ofOfficialCold, ofOwnCold } = prewarmed;
  return [
    "| median | claude-notebook | official SDK | ratio |",
    "| --- | --- | --- | --- |",
    ...lines,
    `| first message, prewarmed, ms | ${ms.toFixed(1)} | | ${ofOfficialCold.toFixed(2)}x of its cold start, ${ofOwnCold.toFixed(2)}x of ours |`,
    "",
    "| a checked cell, median ms | without the SDK | with it | more |",
    "| --- | --- | --- | --- |",
    cellRow("declares something else", cell.withoutMs, cell.withMs),
    cellRow("uses `query`, beside one of that form that does not", cell.plainMs, cell.usingMs),
    `| imports it (once) | | ${cell.importMs.toFixed(1)} | |`,
  ].join("\n");
}

function cellRow(name: string, without: number, withSdk: number): string {
  return `| ${name} | ${without.toFixed(1)} | ${withSdk.toFixed(1)} | ${(withSdk - without).toFixed(1)} |`;
}
