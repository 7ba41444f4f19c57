/** Where a call's callee ends, if the position is between the call's parentheses; else undefined. */
export function findCallee(code: string, position: number): number | undefined {
  let depth = 0;
  for (let at = position - 1; at >= 0; at--) {
    const char = code[at] as string;
    if (char === '"' || char === "'" || char === "`") at = startOfString(code, at);
    else if (")]}".includes(char)) depth++;
    else if ("[{".includes(char)) {
      // An object or an array as argument: the call is around it.
      if (depth > 0) depth--;
    } else if (char === "(") {
      if (depth > 0) depth--;
      else return calleeBefore(code, at);
    } else if (char === ";" && depth === 0) return undefined;
  }
  return undefined;
}

/** The last character of the name before an opening parenthesis, with type arguments in between passed over. */
function calleeBefore(code: string, parenthesis: number): number | undefined {
  const before = code
    .slice(0, parenthesis)
    .replace(/\s+$/, "")
    .replace(/<[^<>()]*>$/, "");
  if (!/[\p{ID_Continue}$]$/u.test(before)) return undefined;
  const word = /[\p{ID_Continue}$]+$/u.exec(before)?.[0] ?? "";
  return /^(?:if|for|while|switch|catch|return|function|await)$/.test(word) ? undefined : before.length - 1;
}

function startOfString(code: string, end: number): number {
  const quote = code[end];
  for (let at = end - 1; at >= 0; at--) {
    if (code[at] === quote && code[at - 1] !== "\\") return at;
    if (code[at] === "\n" && quote !== "`") return end;
  }
  return end;
}
