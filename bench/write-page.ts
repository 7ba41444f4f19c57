/** The page that shows what was measured. */
export const PAGE = new URL("../docs/benchmarks.md", import.meta.url);

const opening = (name: string): string => `<!-- npm run bench -- ${name} --write -->\n`;
const CLOSING = "\n<!-- end -->";

/**
 * The page with another table in the place that is marked for this benchmark; the sentences around it stay.
 *
 * @throws when the page has no such place.
 */
export function withTable(page: string, name: string, table: string): string {
  const start = page.indexOf(opening(name));
  const from = start + opening(name).length;
  const to = page.indexOf(CLOSING, from - 1);
  if (start === -1 || to === -1) {
    throw new Error(
      `docs/benchmarks.md has no place for ${name}: put ${opening(name).trim()} and ${CLOSING.trim()} where the table belongs.`,
    );
  }
  return `${page.slice(0, from)}${table}${page.slice(to)}`;
}
