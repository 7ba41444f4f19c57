import type { Env, MarkdownIt } from "markdown-it";
import { MAX_INLINE_MATH } from "./math-rules.js";

/**
 * Whether inline text stands by itself: nothing that it opens (emphasis, code, brackets, a formula) could be closed by text
 * after it. The text must end with a blank.
 */
export function isInlineClosed(md: MarkdownIt, text: string, env: Env): boolean {
  const state = new md.inline.State(text, md, env, []);
  md.inline.tokenize(state);
  for (const rule of md.inline.ruler2.getRules("")) rule(state);
  if (state.delimiters.some((delimiter) => delimiter.open && delimiter.end < 0)) return false;
  const mayOpenMath = text.lastIndexOf("$") >= text.length - MAX_INLINE_MATH - 4;
  let brackets = 0;
  for (const token of state.tokens) {
    if (token.type !== "text") continue;
    if (token.content.includes("`") || (mayOpenMath && token.content.includes("$"))) return false;
    for (const char of token.content) {
      if (char === "[") brackets++;
      else if (char === "]" && brackets > 0) brackets--;
    }
  }
  return brackets === 0;
}
