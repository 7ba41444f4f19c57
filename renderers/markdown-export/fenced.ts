import { trimBreaks } from "../text/trim-end.js";

/** A code block of markdown. Its fence is longer than any run of backticks in the text, so that the text cannot end it. */
export function fenced(text: string, language = ""): string {
  const longest = (text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${trimBreaks(text)}\n${fence}`;
}
