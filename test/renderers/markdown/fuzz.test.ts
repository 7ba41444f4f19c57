import { describe, test } from "vitest";
import { chunksOf, expectExactAtEveryPrefix, TIGHT } from "./expect-exact.js";
import { createRandom } from "./random.js";

/** Documents in all, over the seeds; a twentieth unless the soak is asked for. */
const DOCUMENTS = process.env.SOAK === "1" ? 20_000 : 1_000;
const TIMEOUT_MS = process.env.SOAK === "1" ? 3_600_000 : 300_000;
const SEEDS = [1, 99, 2026, 31_337];

/** Starts of blocks, and lines that turn what stands before them into something else. */
const LINES = [
  "- a", "- ", "-", "* b", "+ c", "1. x", "2) y", "10. z", "3. w", "- [ ] open", "- [x] done", "  - n", "   - n", "     deep",
  "  1. n", "> q", ">", "# h", "#", "##x", "# a | b", "===", "---", "***", "- - -", "```", "```js", "~~~", "````", "```yaml",
  "const a = `", "/* c", "*/", "    code", "\tt", "  ", "", "", "", "", "foo bar", "foo | bar", "--- | ---", "|a|b|", "|-|-|",
  "|:-|-:|", "| x |", "[foo]: /url", "[foo]: https://a.b 'ti", "[bar]:", "[bar]: http://c.d", "'title'", "[foo]", "[bar][foo]",
  "![i][foo]", "<div>", "-->", "*em", "em*", "**", "`c", "c`", "\\", "a  ", "&amp;", "http://x.com/a", "www.x.org/a_b.",
  "x@y.z", "~~s~~", "[l](u)", "[l](", "u)", "<http://a.b>", "\r", "\0", "$$", "$$ x", "$$x$$", "$$x$$ y", "a $x$ b", "$5 $6",
  "y$$", "\\frac{a}{b}", "[^1]: note", "[^1]:", "    more", "see [^1] and [^Two].", "[^two]: - item", "[^1][foo]", "😀",
]; // biome-ignore format: a table of lines

const BOUNDED = [
  "$x^2$", "- $a$", "$$\nx'\n$$", "> $y$ [foo]", "[foo] and [bar]", "![i][bar]", "[foo]: https://a.b/cdefgh 'a title'", "[bar]: https://e.f/g",
  "[bar]: data:image/png;base64,AAAA", "![$z$][foo]", "[a [bar] b](http://u/$v$)", "[x][$k$] $m$", "[$k$]: /k", "|a|b|c|\n|-|-|-|\nx\n|y|\n\n",
  "|a|$b$|\n|-|-|\n|x|\n|[foo]|", "- b\n- $q$\n- c", "", "", "1. |a|b|\n   |-|-|\n   |$c$|", "words $e$ and [bar] and $f$ ".repeat(9), "[^n] $r$", "[^n]: $s$",
]; // biome-ignore format: a table of lines

/** Pieces of long paragraphs; those after the first row are rare, or no paragraph would become long. */
const COMMON = ["word ", "some ", "**bold** ", "*it* ", "`code` ", "[l](http://e.com) ", "a_b_c ", "2 * 3 ", "http://f.com/x ", "&amp; ", "😀 ", '"q" ', "www.a.bc ", "$x^2$ ", "[^1] "]; // biome-ignore format: a table of pieces
const RARE = ["[x] ", "[foo] ", "unmatched * star ", "**open ", "close** ", "`tick ", "~~s~~ ", "<b> ", "| pipe ", "\n", "- dash\n", "  \n", "\\\n", "\n===\n", "\n---\n", "\n--|--\n", "\n\n", "[foo]: http://u.v\n", "1. n\n", "> q\n", "# h\n", "arr[0] ", "$5 ", "it$ ", "\n$$\n", "\n[^1]: n\n\n"]; // biome-ignore format: a table of pieces

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)]!;
}

function makeSoup(random: () => number): string {
  let text = "";
  const count = 1 + Math.floor(random() * 14);
  for (let i = 0; i < count; i++) {
    text += pick(LINES, random) + (random() < 0.85 ? "\n" : pick([" ", "", "\r\n", "\r"], random));
  }
  return text;
}

function makeLongBlocks(random: () => number): string {
  const form = random();
  const rare = random() * 0.1;
  const words = (count: number): string => {
    let text = "";
    for (let i = 0; i < count; i++) text += pick(random() < rare ? RARE : COMMON, random);
    return text;
  };
  if (form < 0.5) return words(40 + Math.floor(random() * 160));
  const lines = 4 + Math.floor(random() * 12);
  const mark = pick(["- ", "1. ", "* ", "10) ", "> "], random);
  if (form < 0.75)
    return `${Array.from({ length: lines }, () => mark + words(4)).join(pick(["\n", "\n\n", "\n  "], random))}\n\nend\n`;
  return `|a|b|\n|-|-|\n${Array.from({ length: lines }, () => `| ${words(2)}|${words(2)}`).join("|\n")}\n${words(5)}`;
}

/** Texts that meet the bounds on what is short to write and long to draw: formulas, repeated addresses, short rows. */
function makeBounded(random: () => number): string {
  const count = 4 + Math.floor(random() * 14);
  return Array.from({ length: count }, () => pick(random() < 0.7 ? BOUNDED : LINES, random)).join(
    random() < 0.3 ? "\n\n" : "\n",
  );
}

describe.each(SEEDS)("equals the full render at every prefix, with seed %i,", (seed) => {
  test("of documents made of block starts, tables, formulas, notes, references and blank lines", {
    timeout: TIMEOUT_MS,
  }, () => {
    const random = createRandom(seed);
    for (let i = 0; i < (DOCUMENTS * 0.9) / SEEDS.length; i++) {
      expectExactAtEveryPrefix(chunksOf(makeSoup(random), pick([2, 4, 11], random), random), i % 3 ? 0 : 400);
    }
  });

  test("of texts that meet the bounds on their size", { timeout: TIMEOUT_MS }, () => {
    const random = createRandom(seed);
    for (let i = 0; i < (DOCUMENTS * 0.4) / SEEDS.length; i++) {
      expectExactAtEveryPrefix(
        chunksOf(makeBounded(random), pick([3, 12, 60], random), random),
        pick([0, 0, 60, 400], random),
        TIGHT,
      );
    }
  });

  test("of long paragraphs, lists and tables", { timeout: TIMEOUT_MS }, () => {
    const random = createRandom(seed);
    for (let i = 0; i < (DOCUMENTS * 0.1) / SEEDS.length; i++) {
      expectExactAtEveryPrefix(chunksOf(makeLongBlocks(random), 24, random), pick([0, 400], random));
    }
  });
});
