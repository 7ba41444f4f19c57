import { escapeHtml } from "../html/escape.js";
import { type AnsiStyle, parseAnsi } from "./ansi-runs.js";

/** Names of the 16 colours in the classes of JupyterLab and nbconvert (`ansi-red-fg`, `ansi-red-intense-fg`). */
const COLOR_NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;

/** Where no style sheet reaches: shades that read on white and on black alike. Index as in the terminal's palette. */
const LITERALS = [
  "#767c85", "#d73a49", "#1f8a3b", "#9a7400", "#2b7bd6", "#b455b8", "#16878f", "#767c85",
  "#767c85", "#e5484d", "#2a9a4a", "#a88000", "#3d8ae8", "#c464c8", "#2196a0", "#767c85",
] as const; // biome-ignore format: one row for each half of the palette

/** Terminal output as HTML: escape sequences become spans, everything else is escaped. */
export function ansiHtml(text: string): string {
  return parseAnsi(text)
    .map((run) => spanHtml(escapeHtml(run.text), run.style))
    .join("");
}

/** Terminal output as HTML, line by line; colours that go on over a line break begin again on the next line. */
export function ansiHtmlLines(text: string): string[] {
  const lines: string[] = [""];
  for (const run of parseAnsi(text)) {
    run.text.split("\n").forEach((piece, i) => {
      if (i > 0) lines.push("");
      if (piece) lines[lines.length - 1] += spanHtml(escapeHtml(piece), run.style);
    });
  }
  return lines;
}

function spanHtml(html: string, style: AnsiStyle): string {
  const { color, background } = style.inverse ? swapColors(style) : style;
  const classes: string[] = [];
  const css: string[] = [];
  if (typeof color === "number") classes.push(`ansi-${colorName(color)}-fg`);
  if (typeof background === "number") classes.push(`ansi-${colorName(background)}-bg`);
  if (style.bold) classes.push("ansi-bold");
  if (style.italic) css.push("font-style:italic");
  if (style.underline) css.push("text-decoration:underline");
  if (style.dim) css.push("opacity:.7");
  if (background !== undefined) {
    const paper = typeof background === "number" ? LITERALS[background]! : background;
    css.push(`background-color:${paper}`, `color:${readableOn(paper)}`);
  } else if (color !== undefined) css.push(`color:${typeof color === "number" ? LITERALS[color]! : color}`);
  if (classes.length === 0 && css.length === 0) return html;
  const classAttribute = classes.length > 0 ? ` class="${classes.join(" ")}"` : "";
  const styleAttribute = css.length > 0 ? ` style="${css.join(";")}"` : "";
  return `<span${classAttribute}${styleAttribute}>${html}</span>`;
}

function colorName(index: number): string {
  return `${COLOR_NAMES[index % 8]!}${index > 7 ? "-intense" : ""}`;
}

/** Text and paper change places; a terminal's default paper is taken as dark, its default text as light. */
function swapColors(style: AnsiStyle): Pick<AnsiStyle, "color" | "background"> {
  return { color: style.background ?? "#ffffff", background: style.color ?? "#59636e" };
}

/** Black or white, whichever stands out more from `#rrggbb`. */
function readableOn(background: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => Number.parseInt(background.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#000000" : "#ffffff";
}
