/** `</name>`, for all names that Claude Code writes tags with. */
const CLOSE = /<\/([a-z_-]+)>/g;

/**
 * The text without what stands between `<name>` and the next `</name>`, the tags and the blanks before them included. An opening
 * tag that is not closed is text. Takes time that grows with the text, whatever it holds: tools can print anything.
 *
 * @param open finds opening tags; global, its first group is the name.
 */
export function withoutTagged(text: string, open: RegExp): string {
  const lastClose = new Map<string, number>();
  for (const { 1: name = "", index } of text.matchAll(CLOSE)) lastClose.set(name, index);
  let kept = "";
  let at = 0;
  for (const { 0: tag, 1: name = "", index } of text.matchAll(open)) {
    if (index < at || (lastClose.get(name) ?? -1) < index) continue;
    kept += text.slice(at, index).trimEnd();
    at = text.indexOf(`</${name}>`, index + tag.length) + name.length + 3;
  }
  return kept + text.slice(at);
}

/** What stands between the first `<name>` and the `</name>` after it; undefined without them. */
export function taggedText(text: string, name: string): string | undefined {
  const from = text.indexOf(`<${name}>`);
  const to = from === -1 ? -1 : text.indexOf(`</${name}>`, from);
  return to === -1 ? undefined : text.slice(from + name.length + 2, to);
}
