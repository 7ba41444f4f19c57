import type { Token } from "markdown-it";
import type { BlockParser } from "./block-parser.js";
import { type Block, type OpenRegion, openBlock } from "./open-region.js";
import { createRowFiller, type RowFiller } from "./short-rows.js";
import { isSealed, lineStart, type SourceLines, sourceLines } from "./source-lines.js";
import { topLevelBlocks } from "./stable-blocks.js";

const CLOSE = "</table>\n";
const OPEN_BODY = "<tbody>\n";
const CLOSE_BODY = "</tbody>\n";

/** How many cells markdown-it adds to the short rows of a table before it ends the table. */
const MAX_ADDED_CELLS = 65_536;

/** A table that is being written: rows whose line is complete are not read again; the rest is read under the header. */
export function createOpenTable(parser: BlockParser, source: string): OpenRegion | undefined {
  const header = /^[^\n]*\n[^\n]*\n/.exec(source)?.[0];
  const head = header === undefined ? [] : parser.parse(header);
  if (header === undefined || head[0]?.type !== "table_open") return undefined;
  const columns = head.filter((token) => token.type === "th_open").length;
  const block = openBlock("");
  const withoutEnd = (tokens: Token[]): string => parser.render(tokens).slice(0, -CLOSE.length);
  parser.addPiece(
    block,
    () => withoutEnd(head),
    () => withoutEnd(parser.parse(header)),
  );
  let rowsSource = "";
  let rest = source.slice(header.length);
  let addedCells = 0;
  let following: readonly Block[] = [];

  let filler = createRowFiller(parser.limits.emptyCells + 2 * columns);

  const rowsHtml = (rows: readonly Token[][], from: RowFiller): string =>
    parser.render(rows.flatMap((row) => from.fill(row)));
  const freeze = (rows: readonly Token[][], from: string): void => {
    if (rowsSource === "") block.pieces.push({ html: OPEN_BODY, render: () => OPEN_BODY });
    const start = filler;
    filler = start.fork();
    parser.addPiece(
      block,
      () => rowsHtml(rows, filler),
      () => rowsHtml(bodyRows(parser.parse(header + from)), start.fork()),
    );
    rowsSource += from;
  };
  const countAdded = (rows: readonly Token[][], lines: SourceLines): number =>
    rows.reduce((sum, [row]) => sum + columns - countCells(lineText(lines, row!.map![0])), 0);

  return {
    take(text) {
      rest += text;
    },
    pending: () => rest.length,
    blocks: () => [block, ...following],
    update() {
      const tokens = parser.parseOpen(header + rest);
      const [[, last] = [0, 0], ...others] = topLevelBlocks(tokens);
      const lines = sourceLines(header + rest);
      const rows = bodyRows(tokens.slice(0, last));
      if (tokens[0]?.type !== "table_open" || addedCells + countAdded(rows, lines) > MAX_ADDED_CELLS) {
        return { type: "refused", source: header + rowsSource + rest };
      }
      const end = tokens[0].map![1];
      const isOver = isSealed(lines, end);
      const complete = rows.filter(([row]) => row!.map![1] <= lines.complete);
      const frozen = isOver ? rows : complete;
      if (frozen.length > 0) {
        addedCells += countAdded(frozen, lines);
        const to = lineStart(lines, frozen.at(-1)![0]!.map![1]) - header.length;
        freeze(frozen, rest.slice(0, to));
        rest = rest.slice(to);
      }
      const closeBody = rowsSource === "" ? "" : CLOSE_BODY;
      if (isOver) {
        block.tail = closeBody + CLOSE;
        return { type: "closed", final: [block], rest };
      }
      const openRows = rowsHtml(rows.slice(frozen.length), filler.fork());
      const body =
        rowsSource === "" && openRows !== "" ? OPEN_BODY + openRows + CLOSE_BODY : openRows + closeBody;
      block.tail = body + CLOSE;
      following = others.map(([from, to]) => openBlock(parser.render(tokens.slice(from, to))));
      return { type: "open", final: [] };
    },
  };
}

/** The tokens of each row under the header. */
function bodyRows(tokens: readonly Token[]): Token[][] {
  const rows: Token[][] = [];
  let from = 0;
  tokens.forEach((token, i) => {
    if (token.type === "tr_open") from = i;
    else if (token.type === "tr_close") rows.push(tokens.slice(from, i + 1));
  });
  return rows.slice(1);
}

function lineText({ source, starts }: SourceLines, index: number): string {
  return source.slice(starts[index], starts[index + 1]);
}

/** How many cells markdown-it sees in a row. */
function countCells(line: string): number {
  const text = line.trim();
  let bars = 0;
  for (let at = text.indexOf("|"); at !== -1; at = text.indexOf("|", at + 1)) {
    if (text[at - 1] !== "\\") bars++;
  }
  const hasFirst = text.startsWith("|");
  const hasLast = bars > (hasFirst ? 1 : 0) && /(?:^|[^\\])\|$/.test(text);
  return bars + 1 - (hasFirst ? 1 : 0) - (hasLast ? 1 : 0);
}
