import { readFileSync } from "node:fs";

interface Output {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly text?: string | readonly string[];
}

/** What is another in each run, and what only a turn that runs has. */
const ofOneRun: readonly (readonly [RegExp, string])[] = [
  [/\b(returns|conversations|templates|proposals)-\w{6}\b/g, "$1-TEMPORARY"],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "ID"],
  [/\d{4}-\d\d-\d\d \d\d:\d\d/g, "DATE"],
  [/\d+(?:\.\d+)? (?:ms|s|min)\b/g, ""],
  [/Claude's mode is [^.]*\./g, "MODE"],
  // A replay costs nothing and says so; a map's grid has its costs without the sign.
  [/replayed(?: from recording(?: \w+)?)?|\$[\d.]+(?: now)?|costUsd: [\d.]+|\b\d+\.\d{4}\b/g, ""],
  // It calls no tool of the notebook, so the registry of tools counts fewer calls.
  [/(?<=allow +(?:function|openapi|proposal) +)\d+/g, "CALLS"],
  // What stood between is gone.
  [/[\s·]+/g, " "],
  [/ ?\( ?\)| (?=\))|(?<=\() |^ | $/g, ""],
];

/** What each cell of an executed notebook shows, as text, without what no two runs have in common. */
export function shownCells(path: string): string[] {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: { outputs?: Output[] }[] };
  return cells.map(({ outputs = [] }) => {
    const texts = outputs.map(({ data, text = [] }) => [data?.["text/plain"] ?? [], text].flat().join(""));
    return ofOneRun.reduce((text, [pattern, stands]) => text.replace(pattern, stands), texts.join("\n"));
  });
}
