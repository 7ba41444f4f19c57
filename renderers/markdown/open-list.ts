import type { Token } from "markdown-it";
import { type BlockParser, definesLabels } from "./block-parser.js";
import { type Block, changePiece, type OpenRegion, openBlock } from "./open-region.js";
import { countLineBreaks, lineStart, sourceLines } from "./source-lines.js";
import { isListOver, topLevelBlocks } from "./stable-blocks.js";

const MARKER = /^ {0,3}(?:([-+*])|\d{1,9}([.)]))(?=[ \t\n]|$)/;

/**
 * A list that is being written: items whose successor has begun are not read again.
 *
 * The rest is read behind a first item of our own, so that it is read as the middle of a list. That item is indented so far
 * that no item of the list can fall into it, and its paragraph tells whether the list is loose (`<p>` in its items). When
 * that is certain, the items that stand are drawn once more.
 */
export function createOpenList(parser: BlockParser, source: string, opening: Token): OpenRegion | undefined {
  const marker = MARKER.exec(source);
  if (!marker || countLineBreaks(source) < 2) return undefined;
  const probe = marker[1] ? `${marker[1]}    x\n` : `1${marker[2]}    x\n`;
  const open = parser.render([opening]);
  const close = `</${opening.tag}>\n`;
  const block = openBlock("");
  block.pieces.push({ html: open, render: () => open });
  let frozenSource = "";
  let rest = source;
  let isLoose = false;
  /** What is shown instead of the block while it is loose only by a line that is not complete. */
  let instead: Block | undefined;
  let following: readonly Block[] = [];

  const render = (items: readonly Token[][]): string => {
    const tokens = items.flat();
    if (isLoose) for (const token of tokens) if (isItemParagraph(token)) token.hidden = false;
    return parser.render(tokens);
  };
  const freeze = (items: readonly Token[][], from: string): void => {
    const again = (): string => render(readItems(parser.parse(probe + from)).slice(1));
    parser.addPiece(block, () => render(items), again);
    frozenSource += from;
  };
  const loosen = (): void => {
    isLoose = true;
    for (let i = 1; i < block.pieces.length; i++) changePiece(block, i, block.pieces[i]!.render());
  };
  const isCertainlyLoose = (): boolean => {
    const tokens = parser.parse(probe + rest.slice(0, rest.lastIndexOf("\n") + 1));
    return tokens[0]?.type === opening.type && !isTight(tokens);
  };

  return {
    take(text) {
      rest += text;
    },
    pending: () => rest.length,
    blocks: () => [instead ?? block, ...following],
    update() {
      const text = probe + rest;
      const tokens = parser.parseOpen(text);
      const [[, last] = [0, 0], ...others] = topLevelBlocks(tokens);
      const items = readItems(tokens);
      const isOurs = tokens[0]?.type === opening.type && items.length > 1;
      if (!isOurs || definesLabels(tokens.slice(0, last))) {
        return { type: "refused", source: frozenSource + rest };
      }
      const drawFollowing = (): void => {
        following = others.map(([from, to]) => openBlock(parser.render(tokens.slice(from, to))));
      };
      instead = undefined;
      if (!isLoose && !isTight(tokens)) {
        if (isCertainlyLoose()) loosen();
        else {
          const whole = parser.parse(frozenSource + rest);
          const first = whole.slice(0, topLevelBlocks(whole)[0]![1]);
          instead = openBlock(parser.renderInstead(block, first));
          drawFollowing();
          return { type: "open", final: [] };
        }
      }
      const lines = sourceLines(text);
      const next = others[0] && tokens[others[0][0]]!;
      const isOver = next !== undefined && isListOver(next, lines);
      const standing = isOver ? items.length : countStanding(items, lines.complete);
      if (standing > 1) {
        const end = isOver ? tokens[0]!.map![1] : items[standing]![0]!.map![0];
        const to = lineStart(lines, end) - probe.length;
        freeze(items.slice(1, standing), rest.slice(0, to));
        rest = rest.slice(to);
      }
      block.tail = (isOver ? "" : render(items.slice(standing))) + close;
      drawFollowing();
      return isOver ? { type: "closed", final: [block], rest } : { type: "open", final: [] };
    },
  };
}

/** The tokens of each item of the list that `tokens` begins with. */
function readItems(tokens: readonly Token[]): Token[][] {
  const items: Token[][] = [];
  let from = 0;
  for (let i = 0; i < tokens.length; i++) {
    const { type, level } = tokens[i]!;
    if (level === 0 && i > 0) break;
    if (level === 1 && type === "list_item_open") from = i;
    if (level === 1 && type === "list_item_close") items.push(tokens.slice(from, i + 1));
  }
  return items;
}

/** How many items have a complete line of the next item after them, our own first item counted. */
function countStanding(items: readonly Token[][], complete: number): number {
  let count = 1;
  while (items[count + 1] && items[count + 1]![0]!.map![0] < complete) count++;
  return count;
}

function isTight(tokens: readonly Token[]): boolean {
  return tokens[2]?.hidden === true;
}

function isItemParagraph({ level, type }: Token): boolean {
  return level === 2 && (type === "paragraph_open" || type === "paragraph_close");
}
