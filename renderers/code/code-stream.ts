import { createCodeWriter } from "./code-writer.js";
import { MAX_HIGHLIGHT_CHARS, type Run } from "./highlight-code.js";
import { createLineHighlighter } from "./line-highlighter.js";

/** The HTML of code that is being written: what `append` gave so far, then `rest`. */
export interface CodeStream {
  /** Takes complete lines, each with its line break; returns HTML that never changes again. */
  append(lines: string): string;
  /** The HTML after that: the line still being written ("" for none) and closing tags. The last line break is left out. */
  rest(line: string): string;
}

/** Each complete line is coloured once; beyond {@link MAX_HIGHLIGHT_CHARS}, and in unknown languages, the code is plain. */
export function createCodeStream(language: string | undefined): CodeStream {
  const writer = createCodeWriter();
  let highlighter = language === undefined ? undefined : createLineHighlighter(language);
  let length = 0;
  let heldBreak: Run[] = [];

  const plain = (text: string): Run[] => (text === "" ? [] : [{ text, className: "" }]);
  return {
    append(lines) {
      if (lines === "") return "";
      length += lines.length;
      if (length > MAX_HIGHLIGHT_CHARS) highlighter = undefined;
      const runs = [...heldBreak, ...(highlighter?.take(lines) ?? plain(lines))];
      const last = runs.pop()!;
      heldBreak = [{ ...last, text: "\n" }];
      if (last.text !== "\n") runs.push({ ...last, text: last.text.slice(0, -1) });
      return runs.map((run) => writer.write(run)).join("");
    },
    rest(line) {
      return writer.preview(line === "" ? [] : [...heldBreak, ...(highlighter?.peek(line) ?? plain(line))]);
    },
  };
}
