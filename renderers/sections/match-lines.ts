import type { MatchesSection, MatchLine } from "./section.js";

type FileMatches = MatchesSection["files"][number];

/** The number of a line before its text, as wide as the widest of its file. */
export function matchGutters(lines: readonly MatchLine[]): string[] {
  const width = lines.reduce((widest, { number = 0 }) => Math.max(widest, number), 0);
  if (width === 0) return lines.map(() => "");
  return lines.map(({ number }) => `${String(number ?? "").padStart(String(width).length)}  `);
}

/** The lines that a search found as plain text. */
export function matchTextLines({ path, lines }: FileMatches): string[] {
  const gutters = matchGutters(lines);
  return [...(path ? [path] : []), ...lines.map(({ text }, i) => `${gutters[i]}${text}`)];
}
