import { readFileSync } from "node:fs";
import { type CodeCell, isCodeCell, type Output } from "../../kernel/notebook/notebook.js";
import { parseNotebook } from "../../kernel/notebook/read-notebook.js";

/** What a code cell of an executed notebook holds that does not depend on who ran it. */
export interface ComparableCell {
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

/**
 * The outputs of an executed notebook, for comparing runs by different programs. Left out is what they write of
 * themselves: times in the cells' metadata, and where they cut a stream of text (nbclient makes an output of each message).
 */
export function comparableOutputs(path: string): readonly ComparableCell[] {
  const { cells } = parseNotebook(readFileSync(path, "utf8"), path);
  return cells.filter(isCodeCell).map(({ execution_count, outputs }: CodeCell) => ({
    execution_count,
    outputs: outputs.reduce(joinStreams, []),
  }));
}

function joinStreams(joined: Output[], output: Output): Output[] {
  const last = joined.at(-1);
  if (output.output_type !== "stream" || last?.output_type !== "stream" || last.name !== output.name) {
    return [...joined, output];
  }
  return [...joined.slice(0, -1), { ...last, text: `${last.text}${output.text}` }];
}
