/**
 * Tags of our panels and the literal styles in them, which are there for hosts that drop our sheet: a page has it, and says the
 * rest in `page-style.ts`. What others wrote cannot hold these tags: it is escaped, or its classes are gone.
 */
const LITERALS =
  /(<(?:details class="cn-panel[^"]*"(?: id="[^"]*")?|div class="cn-panel[^"]*"(?: id="[^"]*")?|div class="cn-(?:body|foot)"|details class="cn-end"|div class="cn-nested"|ul class="cn-checks"|span class="cn-(?:add|del)")) style="[^"]*"|(<summary) style="padding:4px 10px;cursor:pointer"|(<span class="ansi-[a-z-]+-fg(?: ansi-bold)?") style="color:#[0-9a-f]{6}"/g;

/** The HTML of panels without what the page's sheet says anyway: a tenth of a long conversation. */
export function leanHtml(html: string): string {
  return html.replace(LITERALS, "$1$2$3");
}
