import createMarkdownIt from "markdown-it";

/** Only the blocks matter here: which lines are code, and which are one text. */
const blocks = createMarkdownIt({ html: false });
blocks.core.ruler.disable(["inline", "linkify", "replacements", "smartquotes"], true);

/** What in a text is no HTML although it may look so, then what is: escapes, code spans, addresses in brackets; tags and comments. */
const PIECES =
  /(?<kept>\\[\s\S]|(?<!`)(?<ticks>`+)(?!`)[\s\S]*?(?<!`)\k<ticks>(?!`)|<(?:https?:|mailto:)[^\s<>]*>|<[\w.+-]+@[\w.-]+>)|<(?=[A-Za-z/!?])/g;

/** Where links and images lead: after `](`, and in definitions. */
const DESTINATIONS = /(?<=\]\(\s{0,20}<?|^\s{0,12}(?:>\s?)*\[[^\]]{1,200}\]:\s{0,20}<?)[^\s)>]+/gm;

/** Schemes that run something where the text is read. */
const RUNS = /^(?:javascript|vbscript|data:(?!image\/(?:png|jpe?g|gif|webp)[;,])|file|blob)/i;

/**
 * Markdown that shows what it shows here in every program: HTML in it stays text, also where it would run, and addresses that run
 * something lead nowhere. Code is left alone.
 */
export function harmlessMarkdown(markdown: string): string {
  const lines = markdown.replace(/\r\n?/g, "\n").split("\n");
  const clean = [...lines];
  const isDone = new Uint8Array(lines.length);
  const replace = (from: number, to: number, change: (text: string) => string): void => {
    const changed = change(lines.slice(from, to).join("\n")).split("\n");
    for (let i = from; i < to; i++) {
      clean[i] = changed[i - from]!;
      isDone[i] = 1;
    }
  };
  for (const { type, map } of blocks.parse(lines.join("\n"), {})) {
    if (!map) continue;
    if (type === "fence" || type === "code_block") replace(map[0], map[1], (text) => text);
    else if (type === "inline") replace(map[0], map[1], harmlessText);
    // Cells are cut before code in them is looked for.
    else if (type === "table_open") replace(map[0], map[1], (text) => eachCell(text, harmlessText));
  }
  return clean.map((line, i) => (isDone[i] ? line : harmlessText(line))).join("\n");
}

function eachCell(table: string, change: (text: string) => string): string {
  return table
    .split("\n")
    .map((row) =>
      row
        .split(/(?<!\\)\|/)
        .map(change)
        .join("|"),
    )
    .join("\n");
}

function harmlessText(text: string): string {
  const escaped = text.replace(PIECES, (piece: string, kept?: string) =>
    kept === undefined ? "&lt;" : piece,
  );
  return escaped.replace(DESTINATIONS, (address) => (RUNS.test(asRead(address)) ? "#" : address));
}

/** An address as a browser reads it: without escapes, character references and blanks that hide its scheme. */
function asRead(address: string): string {
  return address
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_whole, digits: string) => characterOf(Number.parseInt(digits, 16)))
    .replace(/&#(\d{1,7});?/g, (_whole, digits: string) => characterOf(Number(digits)))
    .replace(/&colon;/gi, ":")
    .replace(/&(?:Tab|NewLine);/gi, "")
    .replace(/\\(?=[!-/:-@[-`{-~])/g, "")
    .replace(/[\u0000-\u0020\u007f-\u00a0\u2000-\u200f\ufeff]/g, "");
}

function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
