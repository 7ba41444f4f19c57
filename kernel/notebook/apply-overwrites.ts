/** A line that was begun again: everything up to a carriage return after which more was written on the same line. */
const OVERWRITTEN = /[^\n]*\r(?=[^\r\n])/g;

/**
 * What a terminal would show of a text with backspaces and carriage returns, by nbclient's rules: `10%\r20%` reads
 * `20%`. Works piece by piece: `applyOverwrites(applyOverwrites(a) + b)` is `applyOverwrites(a + b)`.
 */
export function applyOverwrites(text: string): string {
  if (!/[\b\r]/.test(text)) return text;
  return applyBackspaces(text.replace(OVERWRITTEN, "").replace(/\r+\n/g, "\n"));
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
