import type { BackgroundTask, Part } from "../response/parts.js";
import { formatCount, formatDuration, formatTokens } from "./format-figures.js";
import type { Fact, Summary } from "./panel.js";

/** Kinds of part whose end needs no sign. */
const QUIET: readonly Part["type"][] = ["thinking", "text", "footer", "view"];

/** Shortest time worth a word, in milliseconds: what is shorter would read "0.0 s". */
const MIN_TOLD_MS = 50;

/**
 * The facts at the right end of a summary: the panel's own, how long it took, how it stands. The state is said by a sign
 * or a word, never by colour alone.
 */
export function partFacts(part: Part, { facts = [], failure }: Summary): Fact[] {
  const { durationMs } = part;
  const isTold = durationMs !== undefined && durationMs >= MIN_TOLD_MS && part.type !== "footer";
  const time = isTold ? [{ text: formatDuration(durationMs) }] : [];
  const state = stateFacts(part, failure);
  const isOpen = part.state === "running" || part.state === "streaming";
  return isOpen ? [...state, ...time, ...facts] : [...facts, ...time, ...state];
}

function stateFacts(part: Part, failure: string | undefined): Fact[] {
  const { state, type } = part;
  if (part.retracted) return [{ text: "◼ withdrawn", tone: "warn" }];
  if (type === "tool" && part.denied) return [{ text: "✗ not allowed", tone: "bad" }];
  if (state === "failed") return [{ text: `✗ ${failure ?? "failed"}`, tone: "bad" }];
  if (state === "interrupted") return [{ text: "◼ interrupted", tone: "warn" }];
  if (state === "running") return [{ text: "running" }];
  if (state === "streaming") return [{ text: type === "tool" ? "writing" : "…" }];
  if (type === "tool" && part.task) return taskFacts(part.task);
  return QUIET.includes(type) ? [] : [{ text: "✓", tone: "ok" }];
}

/** How work in the background stands, after the call itself has returned. */
function taskFacts({ status, toolUses, tokens }: BackgroundTask): Fact[] {
  const sizes = [
    ...(toolUses ? [{ text: formatCount(toolUses, "tool") }] : []),
    ...(tokens ? [{ text: `${formatTokens(tokens)} tokens` }] : []),
  ];
  return [...sizes, TASK_STATES[status]];
}

const TASK_STATES: Readonly<Record<BackgroundTask["status"], Fact>> = {
  running: { text: "running in the background" },
  done: { text: "✓ in the background", tone: "ok" },
  failed: { text: "✗ failed in the background", tone: "bad" },
  stopped: { text: "◼ stopped", tone: "warn" },
};
