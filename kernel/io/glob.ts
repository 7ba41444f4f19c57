/**
 * Makes a test for patterns as SQLite's GLOB has them, which IPython searches its history with: `*`, `?`, `[a-z]` and
 * `[^a-z]`; the whole text must match. No regular expression: on the I/O thread nothing may take exponential time.
 */
export function createGlob(pattern: string): (text: string) => boolean {
  const tokens = [...parseGlob(pattern)];
  return (text) => {
    let token = 0;
    let at = 0;
    let star = -1;
    let starAt = 0;
    while (at < text.length) {
      const current = tokens[token];
      if (current === "*") {
        star = token++;
        starAt = at;
      } else if (current?.(text[at] as string)) {
        token++;
        at++;
      } else if (star >= 0) {
        // The latest star takes one character more; earlier ones need not change.
        token = star + 1;
        at = ++starAt;
      } else return false;
    }
    while (tokens[token] === "*") token++;
    return token === tokens.length;
  };
}

type Token = "*" | ((character: string) => boolean);

function* parseGlob(pattern: string): Generator<Token> {
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    const set = character === "[" ? /\[(\^?)(\]?[^\]]*)\]/y : undefined;
    if (set) set.lastIndex = at;
    const found = set?.exec(pattern);
    if (found) {
      at += found[0].length - 1;
      yield matchSet(found[2] as string, found[1] === "^");
    } else if (character === "*") yield "*";
    else if (character === "?") yield () => true;
    else yield (other) => other === character;
  }
}

function matchSet(set: string, negated: boolean): (character: string) => boolean {
  return (character) => {
    let isIn = false;
    for (let i = 0; i < set.length; i++) {
      const isRange = set[i + 1] === "-" && i + 2 < set.length;
      if (isRange) {
        isIn ||= character >= (set[i] as string) && character <= (set[i + 2] as string);
        i += 2;
      } else isIn ||= character === set[i];
    }
    return isIn !== negated;
  };
}
