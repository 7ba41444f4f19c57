import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadedUrls, parseHtml } from "../../test/support/html-page.js";
import type { BenchResult } from "../main.js";
import { type Contender, contenders } from "./contenders.js";
import { CELLS, makeNotebook } from "./make-notebook.js";
import { makeSession, RECORDS, TOOL_CALLS } from "./make-session.js";

/** Each contender exports its file so many times, in turns with the others; medians are told. */
const ROUNDS = 7;

interface Row {
  readonly of: Contender["of"];
  readonly name: string;
  /** Of the whole program, in milliseconds. */
  readonly ms: number;
  readonly allMs: readonly number[];
  /** Of all pages. */
  readonly bytes: number;
  /** Addresses that a browser would load by itself. */
  readonly requests: number;
}

/** How long whole programs take to make pages of the same file, how large these are, and what they load. */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "bench-export-"));
  try {
    const files = { notebook: join(folder, "notebook.ipynb"), transcript: join(folder, "session.jsonl") };
    writeFileSync(files.notebook, JSON.stringify(makeNotebook(), undefined, 1));
    writeFileSync(
      files.transcript,
      makeSession()
        .map((record) => `${JSON.stringify(record)}\n`)
        .join(""),
    );
    const all = await contenders();
    const times = new Map<Contender, number[]>(all.map((contender) => [contender, []]));
    const pages = new Map<Contender, string[]>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const contender of all) {
        const target = join(folder, `${round}-${all.indexOf(contender)}`);
        mkdirSync(target);
        const start = performance.now();
        pages.set(contender, await contender.export(files[contender.of], target));
        times.get(contender)!.push(Math.round(performance.now() - start));
      }
    }
    const rows = all.map((contender) => rowOf(contender, times.get(contender)!, pages.get(contender)!));
    const promises = promisesOf(rows);
    const json = { cells: CELLS, records: RECORDS, toolCalls: TOOL_CALLS, rounds: ROUNDS, rows, promises };
    return { json, table: `${tableOf(rows)}\n\n${JSON.stringify(promises, undefined, 2)}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowOf({ of, name }: Contender, allMs: readonly number[], paths: readonly string[]): Row {
  const texts = paths.map((path) => readFileSync(path, "utf8"));
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const requests = texts
    .filter((text) => /^\s*<!doctype html/i.test(text))
    .flatMap((text) => loadedUrls(parseHtml(text)));
  return { of, name, ms: median(allMs), allMs, bytes, requests: requests.length };
}

/** What is promised of an export, and whether this run kept it. */
function promisesOf(rows: readonly Row[]): Record<string, boolean | number> {
  const [notebook, nbconvert] = rows.filter(({ of }) => of === "notebook") as [Row, Row];
  const [transcript, ...peers] = rows.filter(({ of }) => of === "transcript") as [Row, ...Row[]];
  return {
    "notebook: at most 40 kB": notebook.bytes <= 40_000,
    "notebook: no request": notebook.requests === 0,
    "notebook: times faster than nbconvert": Number((nbconvert.ms / notebook.ms).toFixed(1)),
    "transcript: smaller than both": peers.every(({ bytes }) => transcript.bytes < bytes),
    "transcript: faster than both": peers.every(({ ms }) => transcript.ms < ms),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ of, name, ms, bytes, requests }) =>
      `| ${of} | ${name} | ${ms.toLocaleString("en-US")} ms | ${Math.round(bytes / 1000).toLocaleString("en-US")} kB | ${requests} |`,
  );
  return ["| of | program | median | pages | requests |", "| --- | --- | --: | --: | --: |", ...lines].join(
    "\n",
  );
}
