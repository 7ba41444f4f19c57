/** How long the units of TeX and CSS are, in em at ten points to the em. */
const UNITS: Readonly<Record<string, number>> = {
  em: 1, ex: 0.45, mu: 1 / 18, pt: 0.1, px: 0.075, bp: 0.1, pc: 1.2, sp: 0.000_002,
  mm: 0.29, cm: 2.9, in: 7.3, dd: 0.11, cc: 1.3, nd: 0.11, nc: 1.3,
}; // biome-ignore format: a table

/**
 * How far the pieces of a formula may move from where they stand, up and back, and how wide its blanks and rules may be, each taken
 * together and in em; how often it may change to a larger size. KaTeX's own `maxSize` holds for positive sizes alone.
 */
const LIMITS = { moved: 6, blank: 100, larger: 3 } as const;

/** Longest formula, in characters, that may hold a piece which is set to the left of its place. */
const MAX_OVERLAPPING = 200;

const LENGTH = / (voffset|width|height|depth|lspace)="([-+]?[\d.]+)([a-z]*)"/g;
const LARGER = / mathsize="(?:[2-9]|1\.[1-9])/g;
const OVERLAPPING = / lspace="-[\d.]*width"/;

/**
 * Whether MathML stays in the place it is given. What moves without end could be put over other text and other panels, and say
 * something in their name; such a formula is shown as its source.
 *
 * @param source its TeX.
 */
export function staysInPlace(math: string, source: string): boolean {
  let moved = 0;
  let blank = 0;
  for (const [, name = "", digits, unit = ""] of math.matchAll(LENGTH)) {
    if (unit === "width") continue;
    const length = Number(digits) * (UNITS[unit] ?? Number.POSITIVE_INFINITY);
    if (length === 0 || Number(digits) === 0) continue;
    if (name === "voffset" || !(length > 0)) moved += Math.abs(length);
    else if (name === "width") blank += length;
  }
  // What covers its left neighbour may be a word, and may not hide what it covers.
  const isOverlapping = OVERLAPPING.test(math);
  const isHiding = math.includes("mathbackground") || source.length > MAX_OVERLAPPING;
  const isLarge = (math.match(LARGER) ?? []).length > LIMITS.larger;
  return moved <= LIMITS.moved && blank <= LIMITS.blank && !isLarge && !(isOverlapping && isHiding);
}
