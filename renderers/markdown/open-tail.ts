import type { Token } from "markdown-it";
import { type BlockParser, definesLabels } from "./block-parser.js";
import { createOpenFence } from "./open-fence.js";
import { createOpenList } from "./open-list.js";
import { createOpenParagraph } from "./open-paragraph.js";
import { type Block, type OpenRegion, openBlock } from "./open-region.js";
import { createOpenTable } from "./open-table.js";
import { createSplitFinder } from "./safe-split.js";
import { lineStart, skipBlankLines, sourceLines } from "./source-lines.js";
import { countStable, topLevelBlocks } from "./stable-blocks.js";

export interface OpenTailOptions {
  /** Length from which a block is given to a region that knows how it grows, in characters. */
  readonly growFrom: number;
  /** True when the first block turned out as one that can not be grown. */
  readonly isRefused?: boolean;
}

/** The open end as it is in general: all of it is split and drawn at each update; blocks become final from the front. */
export function createOpenTail(parser: BlockParser, source: string, options: OpenTailOptions): OpenRegion {
  let open = source;
  let isRefused = options.isRefused ?? false;
  let shown: readonly Block[] = [];
  const splits = createSplitFinder(parser);

  /** The region that knows how the only open block grows; undefined when it is small, or none does. */
  const regionFor = (first: Token): OpenRegion | undefined => {
    if (first.type === "fence") return createOpenFence(parser, open);
    if (open.length < options.growFrom) return undefined;
    if (first.type.endsWith("_list_open")) return createOpenList(parser, open, first);
    if (first.type === "table_open") return createOpenTable(parser, open);
    if (first.type === "paragraph_open") return createOpenParagraph(parser, open, splits);
    return undefined;
  };

  return {
    take(text) {
      open += text;
    },
    pending: () => open.length,
    blocks: () => shown,
    update() {
      open = skipBlankLines(open);
      const tokens = parser.parseOpen(open);
      const ranges = topLevelBlocks(tokens);
      const lines = sourceLines(open);
      const stable = countStable(ranges, tokens, lines);
      const final: Block[] = [];
      let from = 0;
      for (const [first, last] of ranges.slice(0, stable)) {
        const to = lineStart(lines, tokens[first]!.map![1]);
        const block = finalBlock(parser, tokens.slice(first, last), open.slice(from, to));
        if (block) final.push(block);
        from = to;
      }
      if (stable > 0) isRefused = false;
      open = skipBlankLines(open.slice(from));
      const rest = ranges.slice(stable).map(([first, last]) => tokens.slice(first, last));
      if (rest.length === 1 && !isRefused && !definesLabels(rest[0]!)) {
        const to = regionFor(rest[0]![0]!);
        if (to) return { type: "handedOver", final, to };
      }
      shown = rest.map((block) => openBlock(parser.render(block)));
      return { type: "open", final };
    },
  };
}

/** A block that no text to come can change; undefined for a link definition, which shows nothing. */
function finalBlock(parser: BlockParser, tokens: readonly Token[], source: string): Block | undefined {
  parser.commit(tokens);
  if (tokens[0]!.type === "reference_definition") return undefined;
  const block = openBlock("");
  parser.addPiece(
    block,
    () => parser.render(tokens),
    () => parser.render(parser.parse(source)),
  );
  return block;
}
