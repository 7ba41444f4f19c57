/** The same numbers from 0 to 1 on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

const WORDS =
  "the a of to and in is that it for on with as this by from at or be not are which can will function value parser token stream render block state update cache frame cell output kernel notebook message delta queue buffer index array object string number promise result error handler request response server client model prompt context window size limit check test build deploy config option default path file line column".split(
    " ",
  );

const CODE: Readonly<Record<string, (i: number) => string>> = {
  ts: (i) => `import { readFile } from "node:fs/promises";

/**
 * Processes item ${i}.
 * @param input the raw text
 */
export async function process${i}<T extends Item>(input: string, options: Options = {}): Promise<T[]> {
  const lines = input.split("\\n").filter((line) => line.trim() !== "");
  for (const [index, line] of lines.entries()) {
    // skip comments
    if (line.startsWith("#") && index > ${i}) continue;
    const found = /^(\\w+)\\s*=\\s*"([^"]*)"$/.exec(line);
    if (!found) throw new Error(\`bad line \${index}: \${line}\`);
    cache.set(found[1], { value: Number(found[2]) * 0x${(i * 37).toString(16)}, ok: true });
  }
  return Array.from(cache.values()) as T[];
}
`,
  python: (i) => `import dataclasses as dc

@dc.dataclass(frozen=True)
class Node${i}:
    """A node in the tree.

    Holds a value and ${i} children.
    """
    value: int = ${i}
    name: str = 'n${i}'

async def walk_${i}(root: Node${i}, *, depth: int = 0) -> list[str]:
    out = [f"{'  ' * depth}{root.name}={root.value!r}"]
    # recurse
    for child in getattr(root, "children", []):
        out += await walk_${i}(child, depth=depth + 1)
    return out if out else [None, True, 1e-3]
`,
  bash: (i) => `set -euo pipefail
for f in src/*.ts; do
  echo "building \${f%.ts} (${i})" | tee -a build-${i}.log
  npx tsc --noEmit "$f" && cp "$f" "dist/$(basename "$f")" || exit ${i % 7}
done
`,
  json: (i) =>
    `${JSON.stringify({ id: i, name: `item ${i}`, tags: ["a", "b"], list: [1, null] }, null, 2)}\n`,
};

/** An answer as models write them: prose, lists, tables, quotes, formulas and a quarter code. */
function writeAnswer(length: number, seed: number): string {
  const random = createRandom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const word = (): string => WORDS[below(WORDS.length)]!;
  const styled = (): string => {
    const share = random();
    if (share < 0.03) return `\`${word()}_${word()}()\``;
    if (share < 0.05) return `**${word()} ${word()}**`;
    if (share < 0.065) return `*${word()}*`;
    if (share < 0.075) return `[${word()}](https://example.com/${word()}?q=${below(99)})`;
    if (share < 0.08) return `$x_{${below(99)}}^2$`;
    if (share < 0.086) return `https://example.org/${word()}`;
    return word();
  };
  const words = (count: number): string => Array.from({ length: count }, styled).join(" ");
  const repeat = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => line(i)).join("");
  const kinds: readonly (readonly [share: number, write: (i: number) => string])[] = [
    [0.12, () => `${"#".repeat(1 + below(4))} ${words(5)}`],
    [0.4, () => `${words(25 + below(70))}.`],
    [0.5, () => repeat(3 + below(6), () => `- ${words(6 + below(14))}\n${random() < 0.3 ? `  - ${words(8)}\n` : ""}`)],
    [0.55, () => repeat(3 + below(6), (i) => `${i + 1}. ${words(6 + below(14))}\n`)],
    [0.59, () => repeat(2 + below(3), (i) => `${i + 1}. **${word()}**: ${words(12)}\n\n   \`\`\`bash\n   npm run ${word()}\n   \`\`\`\n\n`)],
    [0.65, () => `| ${word()} | ${word()} |\n|---|:-:|\n${repeat(3 + below(8), () => `| ${words(3)} | ${words(4)} |\n`)}`],
    [0.69, () => repeat(1 + below(3), () => `> ${words(14)}\n`)],
    [0.71, (i) => `$$\n\\sum_{k=0}^{n} a_k x^k = ${i}\n$$`],
    [0.73, () => "---"],
    [1, (i) => {
      const [language, write] = Object.entries(CODE)[below(4)]!;
      return `${words(8)}:\n\n\`\`\`${language}\n${write(i)}\`\`\``;
    }],
  ]; // biome-ignore format: a table of kinds
  const blocks: string[] = [];
  for (let i = 0, total = 0; total < length; i++) {
    const share = random();
    blocks.push(`${kinds.find(([upTo]) => share < upTo)![1](i)}\n\n`);
    total += blocks.at(-1)!.length;
  }
  return blocks.join("");
}

function fill(length: number, line: (i: number) => string): string {
  let text = "";
  for (let i = 0; text.length < length; i++) text += line(i);
  return text;
}

export interface Corpus {
  readonly name: string;
  /** True for texts that no model writes, but that must not hang. */
  readonly isAdversarial: boolean;
  readonly write: () => string;
}

const answer = (name: string, length: number, seed: number): Corpus => ({ name, isAdversarial: false, write: () => writeAnswer(length, seed) }); // biome-ignore format: one line
const adversarial = (name: string, write: () => string): Corpus => ({ name, isAdversarial: true, write });

const KB = 1_000;

export const CORPORA: readonly Corpus[] = [
  answer("answer 2 KB", 2 * KB, 1),
  answer("answer 20 KB", 20 * KB, 2),
  answer("answer 200 KB", 200 * KB, 3),
  answer("answer 1 MB", 1_000 * KB, 4),
  adversarial("one ts fence 200 KB", () => `\`\`\`ts\n${fill(200 * KB, CODE.ts!)}\`\`\`\n\nDone.\n`),
  adversarial("one list 200 KB", () => fill(200 * KB, (i) => `- item ${i} with **bold** and \`code\` and [link](https://e.com/${i})\n`)),
  adversarial("one loose list 200 KB", () => fill(200 * KB, (i) => `${i + 1}. item ${i} with *emphasis*\n\n   second ${i}\n\n`)),
  adversarial("one paragraph 200 KB", () => fill(200 * KB, (i) => `word${i} and **bold ${i}** then \`code_${i}\` plus [l](http://e.com/${i}), snake_case_${i} 2 * 3. `)),
  adversarial("one table 200 KB", () => `| a | b | c |\n|---|:-:|--:|\n${fill(200 * KB, (i) => `| cell ${i} | **b** \`c\` | ${i * 3} |\n`)}`),
  adversarial("links defined at the end 200 KB", () => fill(150 * KB, (i) => `See [topic ${i}][r${i}] and [other][r${i % 50}] for details.\n\n`) + fill(50 * KB, (i) => `[r${i}]: https://example.com/path/${i} "Title ${i}"\n`)),
  adversarial("one quote 200 KB", () => fill(200 * KB, (i) => `> quoted line ${i} with **bold** and \`code\`\n`)),
  adversarial("one nested list 200 KB", () => `- top\n${fill(200 * KB, (i) => `  - item ${i} with **bold** and \`code\`\n`)}`),
  adversarial("quotes in quotes 50 KB", () => fill(50 * KB, (i) => `${">".repeat(1 + (i % 60))} deep quote level ${i % 60}\n`)),
  adversarial("one line without a blank 200 KB", () => "x".repeat(200 * KB)),
  adversarial("backticks 20 KB", () => fill(20 * KB, (i) => `${"`".repeat(1 + (i % 7))} x${i} `)),
  adversarial("open emphasis 20 KB", () => fill(20 * KB, (i) => `**a${i} _b `)),
  adversarial("10,000 brackets", () => "[".repeat(10_000)),
]; // biome-ignore format: a table of corpora

/** Cuts a text into chunks of 5 to 19 characters, 12 in the mean: about a token or two more than a model streams at once. */
export function cutChunks(text: string): string[] {
  const random = createRandom(7);
  const chunks: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = Math.max(1, Math.round(12 * (0.4 + 1.2 * random())));
    chunks.push(text.slice(at, at + size));
    at += size;
  }
  return chunks;
}
