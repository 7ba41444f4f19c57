import type { ContenderName } from "./contenders.js";
import type { Row } from "./measure.js";

export type Medians = Record<Row, Partial<Record<ContenderName, number | null>>>;

/** What we promise: our figure is at most this many times the other's. */
const promises: readonly { readonly row: Row; readonly of: ContenderName; readonly atMost: number }[] = [
  { row: "ready", of: "ipykernel", atMost: 0.8 },
  { row: "first", of: "tslab", atMost: 0.4 },
  { row: "first", of: "deno", atMost: 0.9 },
  { row: "trivial", of: "tslab", atMost: 0.4 },
  { row: "trivial", of: "ipykernel", atMost: 1.2 },
  { row: "declaration", of: "tslab", atMost: 0.4 },
  { row: "functionCell", of: "tslab", atMost: 0.4 },
  { row: "after200", of: "tslab", atMost: 0.4 },
  { row: "imports", of: "tslab", atMost: 0.4 },
  { row: "withImports", of: "tslab", atMost: 0.25 },
  { row: "completion", of: "tslab", atMost: 1 },
  { row: "hover", of: "tslab", atMost: 1 },
  { row: "memory", of: "tslab", atMost: 0.6 },
  { row: "lines", of: "ipykernel", atMost: 0.1 },
];

/** Whether each promise holds; a kernel that fails a row is beaten. */
export function checkThresholds(medians: Medians): object[] {
  return promises.map(({ row, of, atMost }) => {
    const ours = medians[row]["claude-notebook"];
    const theirs = medians[row][of];
    const ratio = typeof ours === "number" && typeof theirs === "number" ? ours / theirs : null;
    const holds = typeof ours === "number" && (ratio === null || ratio <= atMost);
    return { row, of, atMost, ratio: ratio === null ? null : Math.round(ratio * 1000) / 1000, holds };
  });
}
