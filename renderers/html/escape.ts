const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters that HTML does not allow in text or that hide what stands there: C0 and C1 controls but tab and newline. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * Characters that change the order in which text is shown, so that it reads as something else ("Trojan Source").
 * @see https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text for HTML content and for quoted attributes. Control characters become U+FFFD, lone surrogates too. */
export function escapeHtml(text: string): string {
  return replaceInvisible(text)
    .toWellFormed()
    .replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/** Makes characters visible that would hide or reorder what stands beside them. */
export function replaceInvisible(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(CONTROLS, "\uFFFD")
    .replace(BIDI_CONTROLS, (char) => `\u27e8U+${char.charCodeAt(0).toString(16).toUpperCase()}\u27e9`);
}
