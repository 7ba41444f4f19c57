import { joinLines, type NotebookOutput } from "./notebook-document.js";

/** Outputs in which the text of one stream that came in pieces is one text. */
export function mergeStreams<Output extends NotebookOutput>(outputs: readonly Output[]): Output[] {
  const merged: { output: Output; pieces: string[] }[] = [];
  for (const output of outputs) {
    const last = merged.at(-1);
    const isStream = output.output_type === "stream";
    if (isStream && last?.output.output_type === "stream" && last.output.name === output.name)
      last.pieces.push(joinLines(output.text));
    else merged.push({ output, pieces: isStream ? [joinLines(output.text)] : [] });
  }
  return merged.map(({ output, pieces }) =>
    pieces.length > 1 ? { ...output, text: pieces.join("") } : output,
  );
}
