/** Where a text stops being JSON; line and column count from 1. */
export interface JsonErrorPosition {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Finds the first character that no JSON text could have there. Node 20 does not say where `JSON.parse` failed
 * ("... is not valid JSON"), and a notebook is thousands of lines long.
 * @returns undefined when the text is JSON.
 */
export function findJsonError(text: string): JsonErrorPosition | undefined {
  let at = 0;
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const take = (character: string): boolean => {
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  // An explicit stack: a hostile file may be nested deeper than the call stack is.
  const open: ("}" | "]")[] = [];
  const value = (): boolean => {
    for (;;) {
      match(SPACE);
      const close = text[at] === "{" ? "}" : text[at] === "[" ? "]" : undefined;
      if (close === undefined) return match(STRING) || match(SCALAR);
      at++;
      match(SPACE);
      if (take(close)) return true;
      open.push(close);
      if (close === "}" && !key()) return false;
    }
  };
  const key = (): boolean => {
    match(SPACE);
    if (!match(STRING)) return false;
    match(SPACE);
    return take(":");
  };
  const document = (): boolean => {
    if (!value()) return false;
    for (;;) {
      match(SPACE);
      const close = open.at(-1);
      if (close === undefined) return at === text.length;
      if (take(close)) open.pop();
      else if (!take(",") || (close === "}" && !key()) || !value()) return false;
    }
  };
  if (document()) return undefined;
  const before = text.slice(0, at).split("\n");
  return { offset: at, line: before.length, column: before.at(-1)!.length + 1 };
}
