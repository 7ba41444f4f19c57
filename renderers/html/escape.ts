const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What HTML does not allow in text: C0 and C1 controls but tab and newline, and halves of surrogate pairs. */
const CONTROLS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Characters that change the order in which text is shown, so that it reads as something else ("Trojan Source").
 * @see https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** What {@link escapeHtml} changes, and halves of pairs, of which it changes those that stand alone. Most texts have none of it. */
const ANY = /[&<>"'\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;

/** Text for HTML content and for quoted attributes. Characters that would hide or reorder text are made visible. */
export function escapeHtml(text: string): string {
  if (!ANY.test(text)) return text;
  return replaceInvisible(text).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/** Controls become U+FFFD, directional overrides their name in brackets. */
export function replaceInvisible(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(CONTROLS, "\uFFFD")
    .replace(BIDI_CONTROLS, (char) => `\u27e8U+${char.charCodeAt(0).toString(16).toUpperCase()}\u27e9`);
}
