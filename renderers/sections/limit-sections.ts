import type { DiffHunk, DiffLine } from "../diff/diff-hunks.js";
import { MAX_IMAGE_CHARS } from "../html/image.js";
import { showJson } from "../panels/read-value.js";
import { cutLine, MAX_SECTION_CHARS } from "./fold-lines.js";
import type { MatchesSection, Section } from "./section.js";

/**
 * Most entries of a list (items, links, fields, matches), most lines of a diff, columns of a table and sections of a part: beyond
 * them notebooks get slow to open, and nobody reads it there. Most characters of a part, its sections taken together.
 */
const LIMITS = {
  entries: 1_000,
  lines: 2_000,
  columns: 40,
  sections: 100,
  chars: 2 * MAX_SECTION_CHARS,
} as const;

/** What one section leaves of itself. */
interface Limited {
  readonly section: Section;
  /** Characters of text in it. */
  readonly chars: number;
  /** What was cut; undefined when nothing was. */
  readonly note?: string | undefined;
}

type Limit<Type extends Section["type"]> = (section: Extract<Section, { type: Type }>) => Limited;

/** How each kind of section is cut; those that cut their own text as they are drawn count what they draw. */
const LIMITERS: { readonly [Type in Section["type"]]: Limit<Type> } = {
  code: (section) => ({ section, chars: Math.min(section.code.length, MAX_SECTION_CHARS) }),
  output: (section) => ({ section, chars: Math.min(section.text.length, MAX_SECTION_CHARS) }),
  prose: (section) => ({ section, chars: Math.min(section.text.length, MAX_SECTION_CHARS) }),
  json: (section) => ({ section, chars: Math.min(showJson(section.value).length, MAX_SECTION_CHARS) }),
  image: (section) => ({ section, chars: 0 }),
  parts: (section) => ({ section, chars: 0 }),
  note: (section) => ({ section, chars: section.text.length }),
  markdown(section) {
    const text = section.text.slice(0, MAX_SECTION_CHARS);
    const note = moreOf(section.text.length - text.length, "characters");
    return { section: { ...section, text }, chars: text.length, note };
  },
  diff(section) {
    const { hunks, cut, chars } = limitHunks(section.hunks, section.isGrowing === true);
    return { section: { ...section, hunks }, chars, note: moreOf(cut, "lines") };
  },
  checklist(section) {
    const items = section.items.map(({ text, note, ...item }) => ({
      ...item,
      text: cutLine(text),
      ...(note === undefined ? {} : { note: cutLine(note) }),
    }));
    const { kept, cut, chars } = takeFirst(items, ({ text, note = "" }) => text.length + note.length);
    const label = section.label === undefined ? undefined : cutLine(section.label);
    return { section: { ...section, label, items: kept }, chars, note: moreOf(cut, "items") };
  },
  flow(section) {
    const { kept, cut, chars } = takeFirst(section.steps, (step) => JSON.stringify(step).length);
    return { section: { ...section, steps: kept }, chars, note: moreOf(cut, "steps") };
  },
  hints(section) {
    const { kept, cut, chars } = takeFirst(section.hints.map(cutLine), (hint) => hint.length);
    return { section: { ...section, hints: kept }, chars, note: moreOf(cut, "hints") };
  },
  links(section) {
    const links = section.links.map(({ title, url }) => ({ title: cutLine(title), url: cutLine(url) }));
    const { kept, cut, chars } = takeFirst(links, ({ title, url }) => title.length + url.length);
    return { section: { ...section, links: kept }, chars, note: moreOf(cut, "links") };
  },
  fields(section) {
    const fields = section.fields.map(([name, value]) => [cutLine(name), cutLine(value)] as const);
    const { kept, cut, chars } = takeFirst(fields, ([name, value]) => name.length + value.length);
    return { section: { ...section, fields: kept }, chars, note: moreOf(cut, "fields") };
  },
  matches(section) {
    const { files, cut, chars } = limitFiles(section.files);
    return { section: { ...section, files }, chars, note: moreOf(cut, "lines") };
  },
  table(section) {
    const columns = section.columns.slice(0, LIMITS.columns).map(cutLine);
    const rows = section.rows.map((row) => row.slice(0, LIMITS.columns));
    const { kept, cut, chars } = takeFirst(rows, (row) => row.reduce((sum, cell) => sum + cell.length, 0));
    const note = [moreOf(section.columns.length - columns.length, "columns"), moreOf(cut, "rows")].filter(
      Boolean,
    );
    return { section: { ...section, columns, rows: kept }, chars, note: note.join("; ") || undefined };
  },
};

/** The sections of a part within bounds, whatever they hold, each followed by a note of what was cut. */
export function limitSections(sections: readonly Section[]): readonly Section[] {
  const limited: Section[] = [];
  let chars: number = LIMITS.chars;
  let imageChars = MAX_IMAGE_CHARS;
  let hidden = 0;
  for (const [index, section] of sections.entries()) {
    if (section.type === "image") imageChars -= section.data.length;
    const isOver = section.type === "image" ? imageChars < 0 : chars <= 0;
    if (isOver || index >= LIMITS.sections) {
      hidden++;
      continue;
    }
    const {
      section: shown,
      chars: taken,
      note,
    } = (LIMITERS[section.type] as Limit<Section["type"]>)(section);
    limited.push(shown, ...(note ? [{ type: "note", text: note } as const] : []));
    chars -= taken;
  }
  const note = moreOf(hidden, "pieces of this result");
  return note ? [...limited, { type: "note", text: note }] : limited;
}

function moreOf(count: number, what: string): string | undefined {
  return count > 0 ? `${count.toLocaleString("en-US")} more ${what} are not shown` : undefined;
}

/** What an entry counts besides its text, in characters: for its tags. */
const ENTRY_CHARS = 30;

interface Taken<Entry> {
  readonly kept: readonly Entry[];
  readonly cut: number;
  readonly chars: number;
}

/** The first entries that fit. */
function takeFirst<Entry>(
  entries: readonly Entry[],
  lengthOf: (entry: Entry) => number,
  most: number = LIMITS.entries,
): Taken<Entry> {
  let chars = 0;
  let count = 0;
  for (const entry of entries.slice(0, most)) {
    const length = lengthOf(entry);
    if (count > 0 && chars + length > MAX_SECTION_CHARS) break;
    chars += length;
    count++;
  }
  return { kept: entries.slice(0, count), cut: entries.length - count, chars: chars + count * ENTRY_CHARS };
}

function limitFiles(all: MatchesSection["files"]) {
  const files: MatchesSection["files"][number][] = [];
  let cut = 0;
  let chars = 0;
  let left: number = LIMITS.entries;
  for (const { path, lines } of all) {
    const isOver = left <= 0 || chars > MAX_SECTION_CHARS;
    const found = isOver ? undefined : takeFirst(lines, ({ text }) => text.length, left);
    cut += found?.cut ?? lines.length;
    if (!found) continue;
    // Marked lines are short; only others can be cut, so that no mark points behind the end.
    const kept = found.kept.map((line) =>
      line.marks.length > 0 ? line : { ...line, text: cutLine(line.text) },
    );
    files.push({ ...(path === undefined ? {} : { path: cutLine(path) }), lines: kept });
    left -= Math.max(1, kept.length);
    chars += found.chars + (path?.length ?? 0);
  }
  return { files, cut, chars };
}

/** The first lines of a diff; the last ones of one that is being written, where it grows. */
function limitHunks(all: readonly DiffHunk[], isGrowing: boolean) {
  const hunks: DiffHunk[] = [];
  const total = all.reduce((sum, { lines }) => sum + lines.length, 0);
  let count = 0;
  let chars = 0;
  for (const { lines } of isGrowing ? all.toReversed() : all) {
    const left = LIMITS.lines - count;
    if (left <= 0 || chars > MAX_SECTION_CHARS) break;
    const ordered = isGrowing ? lines.slice(-left).reverse() : lines;
    const found = takeFirst(ordered.map(cutDiffLine), ({ text }) => text.length, left);
    hunks.push({ lines: isGrowing ? found.kept.toReversed() : found.kept });
    count += found.kept.length;
    chars += found.chars;
  }
  return { hunks: isGrowing ? hunks.reverse() : hunks, cut: total - count, chars };
}

function cutDiffLine(line: DiffLine): DiffLine {
  const text = cutLine(line.text);
  return text === line.text ? line : { ...line, text };
}
