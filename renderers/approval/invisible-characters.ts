/**
 * Characters that hide, reorder or fake text: controls but tab and newline, bidirectional marks, zero-width characters,
 * fillers, variation selectors, tags, line separators and blanks that are no space.
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single code points, some of which combine
  /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e01ef}]/gu;

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const ZERO_WIDTH =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: the same
  /[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff\ufe00-\ufe0f\u{e0000}-\u{e01ef}]/u;

/** The text with every such character as its code point, e.g. `⟨U+202E⟩`: what is read is what there is. */
export function showInvisible(text: string): string {
  return text.replace(INVISIBLE, codePointName);
}

/** The same for text that must stay on one line: line breaks and tabs are shown too. */
export function showOnOneLine(text: string): string {
  return showInvisible(text).replace(/[\n\t]/g, (char) => (char === "\n" ? "⏎" : "⇥"));
}

function codePointName(char: string): string {
  return `⟨U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** What kinds of such characters a text holds, in words; empty for none. */
export function invisibleKinds(text: string): string[] {
  const found = text.match(INVISIBLE)?.join("") ?? "";
  if (found === "") return [];
  const kinds = [
    BIDI.test(found) ? "bidirectional" : "",
    ZERO_WIDTH.test(found) ? "zero-width" : "",
    [...found].some((char) => !BIDI.test(char) && !ZERO_WIDTH.test(char)) ? "control or unusual blank" : "",
  ];
  return kinds.filter((kind) => kind !== "");
}
