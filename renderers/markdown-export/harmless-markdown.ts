import createMarkdownIt from "markdown-it";

/** Only the blocks matter here: which lines are code, and which are one text. */
const blocks = createMarkdownIt({ html: false });
blocks.core.ruler.disable(["inline", "linkify", "replacements", "smartquotes"], true);

/** What in a text is no HTML although it may look so, then what is: escapes, code spans, addresses in brackets; tags and comments. */
const PIECES =
  /(?<kept>\\[\s\S]|(?<!`)(?<ticks>`+)(?!`)[\s\S]*?(?<!`)\k<ticks>(?!`)|<(?:https?:|mailto:)[^\s<>]*>|<[\w.+-]+@[\w.-]+>)|<(?=[A-Za-z/!?])/g;

/** Where links and images lead: after `](`, and in definitions. */
const DESTINATIONS =
  /(?<=\]\(\s{0,20}<?|^\s{0,12}(?:>\s?)*\[[^\]]{1,200}\]:\s{0,20}<?)(?:[^\s()<>]|\([^\s()<>]{0,200}\))+/gm;

/** An image that is not in the text itself: showing it would tell somebody that, and where, the text is read. */
const LOADED_IMAGE = /!(?=\[)(?!\[[^\]]{0,200}\]\(\s{0,20}<?data:image\/)/g;

/** Schemes that run something where the text is read. */
const RUNS = /^(?:javascript|vbscript|data:(?!image\/(?:png|jpe?g|gif|webp)[;,])|file|blob)/i;

/**
 * Markdown that shows what it shows here in every program: HTML in it stays text, also where it would run, and addresses that run
 * something lead nowhere. Code is left alone.
 *
 * @param images `link` makes links of images that would load: for texts that the notebook's author has not written
 */
export function harmlessMarkdown(markdown: string, images: "keep" | "link" = "keep"): string {
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
  const harmless = (text: string): string => harmlessText(text, images === "link");
  for (const { type, map } of blocks.parse(lines.join("\n"), {})) {
    if (!map) continue;
    if (type === "fence" || type === "code_block") replace(map[0], map[1], (text) => text);
    else if (type === "inline") replace(map[0], map[1], harmless);
    // Cells are cut before code in them is looked for.
    else if (type === "table_open") replace(map[0], map[1], (text) => eachCell(text, harmless));
  }
  return clean.map((line, i) => (isDone[i] ? line : harmless(line))).join("\n");
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

function harmlessText(text: string, linksImages: boolean): string {
  const pieces: string[] = [];
  let at = 0;
  const add = (words: string): void => {
    const loaded = linksImages ? words.replace(LOADED_IMAGE, "") : words;
    pieces.push(loaded.replace(DESTINATIONS, (address) => (RUNS.test(asRead(address)) ? "#" : address)));
  };
  for (const { index, 0: piece, groups } of text.matchAll(PIECES)) {
    add(text.slice(at, index));
    pieces.push(groups?.kept ?? "&lt;");
    at = index + piece.length;
  }
  add(text.slice(at));
  return pieces.join("");
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
