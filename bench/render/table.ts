import type { Figures } from "./measure.js";

const MARKS = { measured: "", sampled: " ~", extrapolated: " ≈" };

/** The figures as Markdown: time of each contender for each text, then what ours sent and how long one append took. */
export function writeTable(
  figures: readonly Figures[],
  notes: readonly { name: string; note: string }[],
): string {
  const corpora = [...new Set(figures.map(({ corpus }) => corpus))];
  const names = notes.map(({ name }) => name);
  const find = (corpus: string, name: string) =>
    figures.find((f) => f.corpus === corpus && f.contender === name);
  const times = corpora.map((corpus) => [corpus, ...names.map((name) => timeOf(find(corpus, name)))]);
  const own = corpora.map((corpus) => {
    const f = find(corpus, names[0]!)!;
    const sent = f.sentCharacters / (f.htmlCharacters ?? 1);
    return [
      corpus,
      `${f.p50Ms} ms`,
      `${f.p99Ms} ms`,
      `${f.maxMs} ms`,
      `${sent.toFixed(1)}x`,
      f.isExactAtEnd ? "yes" : "NO",
    ];
  });
  return [
    rows(["text", ...names], times),
    "`~` sampled at 24 prefixes, `≈` stopped at its time budget and extrapolated quadratically.",
    rows(
      ["claude-notebook", "append p50", "append p99", "append max", "sent / final HTML", "exact at the end"],
      own,
    ),
    notes.map(({ name, note }) => `- ${name}: ${note}`).join("\n"),
  ].join("\n\n");
}

function timeOf(f: Figures | undefined): string {
  if (!f) return "";
  const time =
    f.totalMs >= 1_000
      ? `${(f.totalMs / 1_000).toLocaleString("en", { maximumSignificantDigits: 3 })} s`
      : `${f.totalMs.toFixed(0)} ms`;
  return `${time}${MARKS[f.method]}`;
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "--:"))), ...body.map(line)].join("\n");
}
