import { createRandom } from "./random.js";

/** Pieces that open, close, nest, look up or turn around what stands before them. */
const PIECES = [
  "`", "``", "```", "`x`", "*", "**", "_", "~~", "[", "]", "![", "](", "](u)", "[a]", "![a][i]", "[^1]", "$", "$$", "$a$", "\\", "&", "&amp;", "<",
  ">", "> ", ">>>", "- ", "1. ", "  - ", "    ", "|", "|a", "|-", "---", "===", "#", "# ", "a", "word ", "x1 ", "\n", "\n\n", "\n> ", "\n- ", "\n  ", " ",
  "\n```\n", "\n```js\n", "\n~~~\n", "\n$$\n", "\n|a|b|\n|-|-|\n", "\n[a]: /u\n", "\n[i]: data:image/png;base64,AAAA\n", "\n[^1]: n\n", "http://a.b/", "www.c.d", "😀",
  "\r\n", "\t", "\u0000", "**bold** ", "[l](http://e.com) ", "\n===\n",
]; // biome-ignore format: a table of pieces

/** How a text is put together from a few pieces. */
const SHAPES: readonly ((pieces: readonly string[], random: () => number) => string)[] = [
  ([a], random) => a!.repeat(200 + Math.floor(random() * 2_000)),
  ([a, b], random) => (a! + b!).repeat(100 + Math.floor(random() * 900)),
  ([a, b, c], random) => (a! + b! + c!).repeat(60 + Math.floor(random() * 600)),
  ([a, b], random) => a!.repeat(50 + Math.floor(random() * 1_500)) + b!.repeat(50 + Math.floor(random() * 1_500)),
  ([a, b, c]) => Array.from({ length: 300 }, (_, i) => a!.repeat(1 + (i % 7)) + b! + c!).join(""),
  ([a, b], random) => Array.from({ length: 400 }, () => (random() < 0.5 ? a! : b!)).join(" "),
  ([a, b, c]) => `${a!}\n${`${b!}${c!} text\n`.repeat(300)}`,
  ([a, b]) => `${`see ${a!} and ${b!} `.repeat(150)}\n\n[a]: /${"u".repeat(300)}\n[i]: data:image/png;base64,${"A".repeat(900)}\n[^1]: note\n`,
]; // biome-ignore format: a table of shapes

/** Texts that are hard on who draws markdown while it is written; the same ones for the same seed. */
export function makeAdversarial(seed: number, count: number, longest: number): string[] {
  const random = createRandom(seed);
  const pick = (): string => PIECES[Math.floor(random() * PIECES.length)]!;
  return Array.from({ length: count }, (_, i) =>
    SHAPES[i % SHAPES.length]!([pick(), pick(), pick()], random).slice(0, longest),
  );
}
