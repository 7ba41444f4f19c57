/** Most pairs of lines of one change that are compared; larger changes are paired by position. */
const MAX_PAIRS = 2_500;

/** How like two lines must be to be taken for two versions of one, from 0 (nothing in common) to 1 (the same words). */
const MIN_LIKENESS = 0.2;

/** Names and numbers; brackets and operators are alike in most lines. */
const WORD = /[\p{L}\p{N}_]+/gu;

/** How much more the words count with which both lines begin: versions of a line mostly differ further on. */
const START_WEIGHT = 0.5;

/**
 * Which removed line became which added line: in order, so that pairs do not cross, and as like each other as possible. A line
 * that was put in before others does not push them onto the wrong partners.
 *
 * @returns pairs of indexes; lines that are new or gone as a whole are in none.
 */
export function pairLines(
  removed: readonly string[],
  added: readonly string[],
): [removed: number, added: number][] {
  if (removed.length * added.length > MAX_PAIRS) {
    return removed.slice(0, added.length).map((_, i) => [i, i]);
  }
  if (removed.length === 1 && added.length === 1) return [[0, 0]];
  const before = removed.map(countWords);
  const after = added.map(countWords);
  const likeness = before.map((a) => after.map((b) => compareWords(a, b)));
  return tracePairs(likeness, removed.length, added.length);
}

/** The longest common subsequence, with the likeness of two lines as its weight. */
function tracePairs(
  likeness: readonly (readonly number[])[],
  rows: number,
  columns: number,
): [number, number][] {
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const paired = likeness[i]![j]! < MIN_LIKENESS ? 0 : likeness[i]![j]! + best[i + 1]![j + 1]!;
      best[i]![j] = Math.max(paired, best[i + 1]![j]!, best[i]![j + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const sum = best[i]![j]!;
    if (sum === best[i + 1]![j]) i++;
    else if (sum === best[i]![j + 1]) j++;
    else pairs.push([i++, j++]);
  }
  return pairs;
}

interface Words {
  readonly list: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  /** Characters of all words. */
  readonly length: number;
}

function countWords(line: string): Words {
  const list = line.match(WORD) ?? [];
  const counts = new Map<string, number>();
  for (const word of list) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { list, counts, length: list.join("").length };
}

function compareWords(a: Words, b: Words): number {
  let common = 0;
  for (const [word, count] of a.counts) common += Math.min(count, b.counts.get(word) ?? 0) * word.length;
  let start = 0;
  for (let i = 0; i < a.list.length && a.list[i] === b.list[i]; i++) start += a.list[i]!.length;
  return (common + START_WEIGHT * start) / Math.max(a.length, b.length, 1);
}
