import type { BlockParser } from "./block-parser.js";
import { type Block, type OpenRegion, openBlock } from "./open-region.js";
import type { SplitFinder } from "./safe-split.js";
import { isSealed, lineStart, sourceLines } from "./source-lines.js";
import { topLevelBlocks } from "./stable-blocks.js";

/** Stands for the text that was split off, when the rest is read. */
const PROBE = "x ";
const OPEN = "<p>";
const CLOSE = "</p>\n";

/** A line after the first that may turn the paragraph into a heading or its last line into a table's header. */
const TAKES_OVER = /^[^\n]*\n[ \t]*[|:=-]/;

/** A long paragraph that is being written: text that stands by itself is split off at a blank and not read again. */
export function createOpenParagraph(
  parser: BlockParser,
  source: string,
  splits: SplitFinder,
): OpenRegion | undefined {
  // What begins like this may still become a definition, a formula or something else.
  if (/^(?:\[| |\$\$)/.test(source)) return undefined;
  const first = splits.find(source);
  if (first === undefined) return undefined;
  const block: Block = openBlock("");
  block.pieces.push({ html: OPEN, render: () => OPEN });
  let frozenSource = "";
  let rest = source;
  let following: readonly Block[] = [];

  const splitOff = (length: number): void => {
    const text = rest.slice(0, length);
    const render = (): string => parser.render(parser.inlineTokens(text));
    parser.addPiece(block, render, render);
    frozenSource += text;
    rest = rest.slice(length);
  };
  splitOff(first);

  return {
    take(text) {
      rest += text;
    },
    pending: () => rest.length,
    blocks: () => [block, ...following],
    update() {
      const text = PROBE + rest;
      const tokens = parser.parseOpen(text);
      const [[, last] = [0, 0], ...others] = topLevelBlocks(tokens);
      if (tokens[0]?.type !== "paragraph_open" || last !== 3 || TAKES_OVER.test(rest)) {
        return { type: "refused", source: frozenSource + rest };
      }
      const lines = sourceLines(text);
      const end = tokens[0].map![1];
      const content = tokens[1]!.content.slice(PROBE.length);
      if (end <= lines.complete && isSealed(lines, end)) {
        const render = (): string => parser.render(parser.inlineTokens(content));
        parser.addPiece(block, render, render);
        block.tail = CLOSE;
        return { type: "closed", final: [block], rest: rest.slice(lineStart(lines, end) - PROBE.length) };
      }
      const split = others.length === 0 && !rest.includes("\n") ? splits.find(rest) : undefined;
      if (split !== undefined) splitOff(split);
      const shown = split === undefined ? content : content.slice(split);
      block.tail = parser.render(parser.inlineTokens(shown)) + CLOSE;
      following = others.map(([from, to]) => openBlock(parser.render(tokens.slice(from, to))));
      return { type: "open", final: [] };
    },
  };
}
