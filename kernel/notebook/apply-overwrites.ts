/**
 * What a terminal would show of a text with backspaces and carriage returns: `10%\r20%` reads `20%`, as JupyterLab
 * and nbclient store it. A carriage return at the very end stays, so that more text may follow:
 * `applyOverwrites(applyOverwrites(a) + b)` is `applyOverwrites(a + b)`.
 */
export function applyOverwrites(text: string): string {
  if (!/[\b\r]/.test(text)) return text;
  const applied = text.split("\n").map(applyToLine).join("\n");
  return text.endsWith("\r") ? `${applied}\r` : applied;
}

function applyToLine(line: string): string {
  const ended = line.replace(/\r+$/, "");
  if (!/[\b\r]/.test(ended)) return ended;
  let shown = "";
  for (const segment of ended.split("\r")) {
    const written = applyBackspaces(segment);
    // A shorter text leaves the end of the longer one it is written over.
    shown = written + shown.slice(written.length);
  }
  return shown;
}

function applyBackspaces(text: string): string {
  if (!text.includes("\b")) return text;
  const kept: string[] = [];
  for (const character of text) {
    if (character === "\b") kept.pop();
    else kept.push(character);
  }
  return kept.join("");
}
