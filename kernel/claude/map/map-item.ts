/** An item of a map, and what has come of it so far. */
export interface MapItem {
  readonly item: unknown;
  readonly prompt: string;
  /** skipped: the budget was spent before its turn. */
  state: "open" | "now" | "done" | "failed" | "skipped";
  value: unknown;
  error: unknown;
  /** Of all its attempts, in US dollars; 0 for what was replayed. */
  costUsd: number;
}
