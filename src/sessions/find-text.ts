/** Looks for something in a text; gives what stands around the first match, on one line, or undefined. */
export type FindText = (text: string) => string | undefined;

/** Characters before and after a match that its excerpt shows. */
const AROUND = 60;

/** @param wanted a text, found in upper or lower case, or a pattern. */
export function textFinder(wanted: string | RegExp): FindText {
  const pattern =
    typeof wanted === "string"
      ? new RegExp(wanted.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i")
      : new RegExp(wanted.source, wanted.flags.replaceAll(/[gy]/g, ""));
  return (text) => {
    const found = pattern.exec(text);
    return found ? excerptOf(text, found.index, found.index + found[0].length) : undefined;
  };
}

function excerptOf(text: string, from: number, to: number): string {
  const start = Math.max(0, from - AROUND);
  const end = Math.min(text.length, to + AROUND);
  const excerpt = `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
  return excerpt.replaceAll(/\s+/g, " ").trim();
}
