import type { Contender, Run } from "./contenders.js";
import { type Corpus, cutChunks } from "./corpora.js";

/** Processor time of this process, in milliseconds: what else the machine does does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** What one contender did with one corpus; times are processor time in milliseconds. */
export interface Figures {
  readonly contender: string;
  readonly corpus: string;
  readonly characters: number;
  readonly appends: number;
  /** Of the whole stream. */
  readonly totalMs: number;
  /** How `totalMs` was found: all appends; evenly spread prefixes; a beginning, taken to go on quadratically. */
  readonly method: "measured" | "sampled" | "extrapolated";
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Characters of HTML sent over the stream (sampled or extrapolated as the time is), and of the final document. */
  readonly sentCharacters: number;
  readonly htmlCharacters?: number;
  /** Whether the end of the stream is the contender's own full render. */
  readonly isExactAtEnd?: boolean;
}

/** Slices that the contenders take turns in, so that what else the machine does falls on all of them. */
const TURNS = 24;
/** Prefixes in each turn at which a contender without state is measured, when all would take too long. */
const SAMPLES_PER_TURN = 1;

interface Lane {
  readonly contender: Contender;
  readonly run: Run;
  readonly times: number[];
  spentMs: number;
  sent: number;
  done: number;
  isStopped: boolean;
}

/** Streams a corpus to all contenders in turns. A contender that spends more than `budgetMs` is stopped and extrapolated. */
export function measureCorpus(corpus: Corpus, contenders: readonly Contender[], budgetMs: number): Figures[] {
  const text = corpus.write();
  const chunks = cutChunks(text);
  const lanes = contenders.map(
    (contender): Lane => ({
      contender,
      run: contender.create(),
      times: [],
      spentMs: 0,
      sent: 0,
      done: 0,
      isStopped: false,
    }),
  );
  const isSampled = text.length > 4_000;
  for (let turn = 0; turn < TURNS; turn++) {
    const from = Math.floor((turn * chunks.length) / TURNS);
    const slice = chunks.slice(from, Math.floor(((turn + 1) * chunks.length) / TURNS));
    for (const lane of lanes) {
      if (lane.contender.isStateless && isSampled) sampleTurn(lane, text, chunks, from, slice.length);
      else runTurn(lane, slice, lane.contender.name === "claude-notebook" ? Infinity : budgetMs);
    }
  }
  return lanes.map((lane) => figuresOf(lane, corpus, text, chunks.length, isSampled));
}

function runTurn(lane: Lane, slice: readonly string[], budgetMs: number): void {
  if (lane.isStopped) return;
  for (const chunk of slice) {
    const start = cpuMs();
    lane.sent += lane.run.append(chunk);
    const ms = cpuMs() - start;
    lane.times.push(ms);
    lane.spentMs += ms;
    lane.done++;
    if (lane.spentMs > budgetMs) {
      lane.isStopped = true;
      return;
    }
  }
}

function sampleTurn(lane: Lane, text: string, chunks: readonly string[], from: number, count: number): void {
  const lengthBefore = chunks.slice(0, from).reduce((sum, chunk) => sum + chunk.length, 0);
  const turnLength = chunks.slice(from, from + count).reduce((sum, chunk) => sum + chunk.length, 0);
  for (let i = 0; i < SAMPLES_PER_TURN; i++) {
    const run = lane.contender.create();
    const prefix = text.slice(0, lengthBefore + Math.floor(((i + 0.5) / SAMPLES_PER_TURN) * turnLength));
    const start = cpuMs();
    lane.sent += run.append(prefix);
    const ms = cpuMs() - start;
    lane.times.push(ms);
    lane.spentMs += ms;
    lane.done++;
  }
}

function figuresOf(lane: Lane, corpus: Corpus, text: string, appends: number, isSampled: boolean): Figures {
  const method =
    lane.contender.isStateless && isSampled ? "sampled" : lane.isStopped ? "extrapolated" : "measured";
  const share = lane.done / appends;
  const factor = method === "sampled" ? 1 / share : method === "extrapolated" ? 1 / share ** 2 : 1;
  const times = lane.times.toSorted((a, b) => a - b);
  const at = (quantile: number): number =>
    round(times[Math.min(times.length - 1, Math.floor(times.length * quantile))] ?? 0);
  const html = method === "measured" ? lane.run.html?.() : undefined;
  const full = lane.contender.full?.(text);
  return {
    contender: lane.contender.name,
    corpus: corpus.name,
    characters: text.length,
    appends,
    totalMs: round(lane.spentMs * factor),
    method,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    sentCharacters: Math.round(lane.sent * factor),
    ...(full === undefined ? {} : { htmlCharacters: full.length }),
    ...(html === undefined || full === undefined ? {} : { isExactAtEnd: html === full }),
  };
}

function round(ms: number): number {
  return ms >= 100 ? Math.round(ms) : Number(ms.toPrecision(3));
}
