/**
 * What a terminal would show of a text with backspaces and carriage returns, by nbclient's rules: `10%\r20%` reads
 * `20%`. Works piece by piece: `applyOverwrites(applyOverwrites(a) + b)` is `applyOverwrites(a + b)`.
 */
export function applyOverwrites(text: string): string {
  if (!/[\b\r]/.test(text)) return text;
  const lines = text.split("\n");
  const last = lines.length - 1;
  return applyBackspaces(lines.map((line, i) => withoutOverwritten(line, i === last)).join("\n"));
}

/**
 * A line without what was written over: everything up to the last carriage return after which more came. Those at its end
 * go with its line break; while the line is open, more may come after them.
 */
function withoutOverwritten(line: string, isOpen: boolean): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === "\r") end--;
  const start = end === 0 ? 0 : line.lastIndexOf("\r", end - 1) + 1;
  return line.slice(start, isOpen ? line.length : end);
}

/** A backspace takes back one character, but not the end of the line before. */
function applyBackspaces(text: string): string {
  if (!text.includes("\b")) return text;
  const kept: string[] = [];
  for (const character of text) {
    if (character !== "\b") kept.push(character);
    else if (kept.length > 0 && kept.at(-1) !== "\n") kept.pop();
  }
  return kept.join("");
}
