const COMMENT_OR_TEXT =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y;
/** A template's text, up to its end or to code in it. */
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y;
const REGULAR_EXPRESSION = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const WORD = /[\p{ID_Continue}$]+/uy;

/** After these a slash divides; after all else it begins a regular expression. */
const ENDS_VALUE = /[\p{ID_Continue}$)\]}]$/u;
const BEFORE_VALUE = /^(?:return|typeof|case|in|of|do|else|void|delete|throw|await|yield|new|instanceof)$/;

/** Cells that are no TypeScript below their first line. */
const OTHER_LANGUAGE = /^\s*%%(?!time\b)/;

/**
 * The code of a cell with spaces for its comments, texts and regular expressions, line by line and column by column. By its
 * tokens, not by its grammar: no compiler is asked. A cell of another language is left as it is.
 */
export function codeOnly(code: string): string {
  if (OTHER_LANGUAGE.test(code)) return code;
  let out = "";
  let at = 0;
  /** What stood last, spaces and comments apart. */
  let last = "";
  /** How many braces are open in the code of each template that is open. */
  const templates: number[] = [];

  const take = (token: RegExp): string => {
    token.lastIndex = at;
    const found = token.exec(code)?.[0] ?? "";
    at += found.length;
    return found;
  };
  const blank = (found: string): void => {
    out += found.replace(/[^\n]/g, " ");
  };
  const skipTemplateText = (): void => {
    const found = take(TEMPLATE_TEXT);
    blank(found);
    if (found.endsWith("${")) templates.push(0);
    last = found.endsWith("${") ? "{" : ")";
  };

  while (at < code.length) {
    const sign = code[at]!;
    const skipped = take(COMMENT_OR_TEXT);
    if (skipped !== "") {
      blank(skipped);
      if (!skipped.startsWith("/")) last = ")";
      continue;
    }
    const divides = ENDS_VALUE.test(last) && !BEFORE_VALUE.test(last);
    const pattern = sign === "/" && !divides ? take(REGULAR_EXPRESSION) : "";
    if (pattern !== "") {
      blank(pattern);
      last = ")";
      continue;
    }
    const word = take(WORD);
    const token = word === "" ? sign : word;
    if (word === "") at++;
    const open = templates.at(-1);
    if (sign === "`" || (sign === "}" && open === 0)) {
      if (sign === "}") templates.pop();
      out += " ";
      skipTemplateText();
      continue;
    }
    if (open !== undefined && (sign === "{" || sign === "}"))
      templates[templates.length - 1] = open + (sign === "{" ? 1 : -1);
    out += token;
    if (token.trim() !== "") last = token;
  }
  return out;
}
