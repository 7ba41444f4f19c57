import type { Part } from "../response/parts.js";
import { formatDuration } from "./format-figures.js";
import type { Fact, Summary } from "./panel.js";

/** Kinds of part whose end needs no sign. */
const QUIET: readonly Part["type"][] = ["thinking", "text", "footer"];

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
  return isOpen ? [...state, ...facts] : [...facts, ...time, ...state];
}

function stateFacts({ state, type }: Part, failure: string | undefined): Fact[] {
  if (state === "failed") return [{ text: `✗ ${failure ?? "failed"}`, tone: "bad" }];
  if (state === "interrupted") return [{ text: "◼ interrupted", tone: "warn" }];
  if (state === "running") return [{ text: "running" }];
  if (state === "streaming") return [{ text: type === "tool" ? "writing" : "…" }];
  return QUIET.includes(type) ? [] : [{ text: "✓", tone: "ok" }];
}
