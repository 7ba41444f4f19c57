import { type Contender, loadContenders } from "./contenders.js";
import { CORPORA } from "./corpora.js";
import { installPeers } from "./install-peers.js";
import { type Figures, measureCorpus } from "./measure.js";
import { writeTable } from "./table.js";

/** Time each peer gets for a corpus, in milliseconds; what it would take beyond is extrapolated and marked so. */
const BUDGET_MS = { whole: 1_500, quick: 1_000 };

/** The texts of `--quick`. */
const QUICK = /^answer 20? KB|brackets/;

/**
 * Growing markdown beside its peers. `--quick` takes the texts up to 20 KB and one bad one, `--only=TEXT` those with that in their names.
 *
 * The answer of 20 KB is streamed once unmeasured, so that no contender pays for the compiler's warm-up.
 */
export async function run(): Promise<{ json: unknown; table: string }> {
  await installPeers();
  const isQuick = process.argv.includes("--quick");
  const contenders: Contender[] = await loadContenders();
  const only = process.argv.find((arg) => arg.startsWith("--only="))?.slice("--only=".length);
  const isWanted = (name: string): boolean =>
    only === undefined ? !isQuick || QUICK.test(name) : name.includes(only);
  const corpora = CORPORA.filter(({ name }) => isWanted(name));
  measureCorpus(CORPORA[1]!, contenders, BUDGET_MS.quick);
  const figures: Figures[] = [];
  for (const corpus of corpora) {
    console.error(corpus.name);
    figures.push(...measureCorpus(corpus, contenders, isQuick ? BUDGET_MS.quick : BUDGET_MS.whole));
  }
  const notes = contenders.map(({ name, note }) => ({ name, note }));
  const machine = { node: process.version, platform: `${process.platform} ${process.arch}` };
  return {
    json: { machine, figures, notes, summary: summarize(figures) },
    table: writeTable(figures, notes),
  };
}

/** What the project promises of these figures. */
function summarize(figures: readonly Figures[]) {
  const find = (contender: string, corpus: string) =>
    figures.find((f) => f.contender === contender && f.corpus === corpus);
  const ours = figures.filter(({ contender }) => contender === "claude-notebook");
  const full = find("markdown-it full re-render", "answer 200 KB");
  const our = find("claude-notebook", "answer 200 KB");
  return {
    timesFasterThanFullAt200KB: full && our ? Math.round(full.totalMs / our.totalMs) : undefined,
    exactPeersFasterAt200KB:
      our &&
      figures
        .filter((f) => f.corpus === our.corpus && f.isExactAtEnd && f.totalMs < our.totalMs)
        .map(({ contender }) => contender),
    sentPerFinalHtml: Object.fromEntries(
      ours.map((f) => [f.corpus, Number((f.sentCharacters / (f.htmlCharacters ?? 1)).toFixed(2))]),
    ),
    p99Ms: Object.fromEntries(ours.map((f) => [f.corpus, f.p99Ms])),
  };
}
