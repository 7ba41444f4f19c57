import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { makeOrders } from "../../../examples/data/make-orders.js";
import { ANALYSIS, layOutAnalysis } from "../../support/analysis-folder.js";
import { loadedUrls, parseHtml } from "../../support/html-page.js";
import { type CliRun, runCli } from "../../support/run-cli.js";
import { sayInstead } from "../../support/say-instead.js";
import { tempFolder } from "../../support/temp-folder.js";

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly outputs: readonly {
    readonly data?: Readonly<Record<string, string | readonly string[]>>;
    readonly ename?: string;
    readonly evalue?: string;
  }[];
}

const run = (home: string): Promise<CliRun> =>
  runCli(["run", ANALYSIS, "-o", "out.ipynb"], { home, env: { CLAUDE_NOTEBOOK_MODE: "replay" } });

async function layOut(): Promise<string> {
  const home = tempFolder("analysis");
  await layOutAnalysis(home);
  return home;
}

function cellsOf(home: string): Cell[] {
  const { cells } = JSON.parse(readFileSync(join(home, "out.ipynb"), "utf8")) as { cells: Cell[] };
  return cells.filter((cell) => cell.cell_type === "code");
}

const cellWith = (home: string, code: string): Cell =>
  cellsOf(home).find(({ source }) => [source].flat().join("").includes(code))!;
const shownIn = ({ outputs }: Cell): string =>
  outputs.flatMap(({ data }) => data?.["text/plain"] ?? []).join("");

test("the analysis runs from its recordings, without claude, account or network: what Claude finds is what DuckDB counts", async () => {
  const home = await layOut();
  const { exitCode, stdout, stderr } = await run(home);
  expect(exitCode, stdout + stderr).toBe(0);

  expect(shownIn(cellWith(home, "const orders"))).toContain("1,000 rows × 9 columns");
  expect(shownIn(cellWith(home, "What should I know"))).toMatch(/list_variables[\s\S]*sample_table orders/);
  expect(shownIn(cellWith(home, "lock_configuration")).match(/rows × \d columns/g)?.length).toBe(3);
  const checked = shownIn(cellWith(home, "percentReturned"));
  expect(checked.match(/holds: true/g)?.length).toBe(5);
  expect(checked).toMatch(/said: '55.9% and 16%: more',\s+counted: '55.9% and 16%: more'/);
  expect(shownIn(cellWith(home, "memo.text"))).toContain("5 percentages in the memo, all of them counted");
  expect(shownIn(cellWith(home, "claude.cost()"))).toMatch(/total +\$0\.0000/);
  const [chart] = cellWith(home, "$schema").outputs;
  expect(Object.keys(chart?.data ?? {}).sort()).toEqual([
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);

  const page = join(home, "page.html");
  expect((await runCli(["export", "out.ipynb", "-o", page], { home })).exitCode).toBe(0);
  cpSync(page, resolve(import.meta.dirname, "../../../examples/output/data_analysis_agent.html"));
  const parsed = parseHtml(readFileSync(page, "utf8"));
  expect(loadedUrls(parsed)).toEqual([]);
  expect(parsed.text).toContain("To the head of shipping.");
  expect(parsed.text).toContain("replayed from recording");
});

test.each([
  ["a figure", '"percent":29.7', '"percent":24.7'],
  [
    "a comparison",
    '"againstPercent":13.8,"isReturned":"as much"',
    '"againstPercent":13.8,"isReturned":"more"',
  ],
])("when Claude is wrong about %s, the cell that checks its findings fails", async (_, right, wrong) => {
  const home = await layOut();
  sayInstead(home, right, wrong);
  const { exitCode } = await run(home);
  expect(exitCode).toBe(1);
  const { outputs } = cellWith(home, "percentReturned");
  expect(outputs.at(-1)?.evalue).toContain("Claude found what DuckDB does not count");
  expect(shownIn(cellWith(home, "percentReturned")).match(/holds: false/g)?.length).toBe(1);
});

test("a figure of Claude's own in the memo fails the cell after it", async () => {
  const home = await layOut();
  sayInstead(home, "55.9% of cases", "65.9% of cases");
  expect((await run(home)).exitCode).toBe(1);
  expect(cellWith(home, "memo.text").outputs.at(-1)?.evalue).toContain("figures of its own");
});

test("other data are another question: no recording is taken for its answer", async () => {
  const home = await layOut();
  const orders = join(home, "data", "orders.csv");
  writeFileSync(orders, readFileSync(orders, "utf8").split("\n").slice(0, 900).join("\n"));
  expect((await run(home)).exitCode).toBe(1);
  expect(cellWith(home, "const Finding").outputs.at(-1)?.ename).toBe("RecordingNotFoundError");
});

test("the data are those that the script beside them makes", async () => {
  const orders = readFileSync(join(await layOut(), "data", "orders.csv"), "utf8");
  expect(orders).toBe(makeOrders());
});
