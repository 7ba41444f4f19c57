import createMarkdownIt, { type MarkdownIt, type Token } from "markdown-it";
import { createBudgetLedger } from "./budget-ledger.js";
import { isInlineClosed } from "./inline-closed.js";
import type { BudgetEnv } from "./left-budget.js";
import { createMarkdown, type MarkdownOptions } from "./markdown.js";
import type { Block, Piece } from "./open-region.js";
import { createReferenceScope } from "./reference-scope.js";
import { createReferenceWatch } from "./reference-watch.js";
import type { SizeLimits } from "./size-limits.js";

/** markdown-it in the two halves that a stream needs: splitting into blocks, and drawing some of them. */
export interface BlockParser {
  readonly limits: SizeLimits;
  /** Splits the open end of the text; what it defines counts until the next call, and is drawn where it was looked up. */
  parseOpen(source: string): Token[];
  /** Splits a source whose definitions are known or do not count. */
  parse(source: string): Token[];
  /** Draws what stands behind all pieces, and behind what was drawn so since `parseOpen`. */
  render(tokens: readonly Token[]): string;
  /** Draws a block of the open end anew, from its first piece on. */
  renderInstead(block: Block, tokens: readonly Token[]): string;
  /** Draws a new piece of `block`; it is drawn again whenever a label that it looks up changes. */
  addPiece(block: Block, render: () => string, renderAgain: () => string): void;
  /** Forgets the pieces of all other blocks: their text is drawn in another way. */
  keepOnly(kept: { has(block: Block): boolean }): void;
  /** Makes the definitions in these tokens final. */
  commit(tokens: readonly Token[]): void;
  /** Blocks whose pieces were drawn again since the last call. */
  takeChanged(): ReadonlySet<Block>;
  /** How many characters of HTML were drawn again since the last call. */
  takeRedrawn(): number;
  /** Whether text between brackets, backticks or marks is still open at the end of this inline text. */
  inlineIsClosed(text: string): boolean;
  /** The inline token of a text that is part of a paragraph. */
  inlineTokens(content: string): Token[];
  /** Notes characters that were worked through elsewhere. */
  countWork(characters: number): void;
  /** Characters worked through so far, all passes counted. */
  work(): number;
}

const { Token: InlineToken } = createMarkdownIt;

/** Types of tokens that define a label. */
const DEFINING: ReadonlySet<string> = new Set(["reference_definition", "footnote_open"]);

export function definesLabels(tokens: readonly Token[]): boolean {
  return tokens.some((token) => DEFINING.has(token.type));
}

export function createBlockParser(options: MarkdownOptions, limits: SizeLimits): BlockParser {
  const md = createMarkdown(options, limits);
  const finishRules = rulesAfterBlock(md);
  const scope = createReferenceScope();
  const watch = createReferenceWatch(scope);
  const env: BudgetEnv = { references: scope.references };
  const ledger = createBudgetLedger(env, limits.added);
  let work = 0;
  let isPiece = false;
  let pieces = 0;

  const parse = (source: string): Token[] => {
    work += source.length;
    const tokens: Token[] = [];
    md.block.parse(source, md, env, tokens);
    return tokens;
  };
  const draw = (tokens: readonly Token[]): string => {
    for (const token of tokens) work += token.content.length;
    const state = new md.core.State("", md, env);
    state.tokens = [...tokens];
    for (const rule of finishRules) rule(state);
    return md.renderer.render(state.tokens, md.options, env);
  };
  const render = (tokens: readonly Token[]): string =>
    isPiece ? draw(tokens) : ledger.drawOpen(() => draw(tokens));
  return {
    limits,
    parse,
    render,
    renderInstead(block, tokens) {
      ledger.toStartOf(block);
      return render(tokens);
    },
    parseOpen(source) {
      let tokens: Token[] = [];
      const definitions = scope.collectDefinitions(() => {
        tokens = parse(source);
      });
      watch.renderAgain(scope.setOpen(definitions));
      ledger.settle();
      return tokens;
    },
    addPiece(block, drawFirst, drawAgain) {
      const order = ++pieces;
      const drawAtPlace = (piece: Piece, drawIt: () => string): string => {
        const place = { block, order, redraw: () => watch.redraw(piece) };
        isPiece = true;
        const html = ledger.drawPiece(place, drawIt);
        isPiece = false;
        return html;
      };
      block.pieces.push(
        watch.draw(
          block,
          (piece) => drawAtPlace(piece, drawFirst),
          (piece) => drawAtPlace(piece, drawAgain),
        ),
      );
    },
    keepOnly(kept) {
      ledger.keepOnly(kept);
      watch.keepOnly(kept);
    },
    commit(tokens) {
      const labels = tokens
        .filter((token) => DEFINING.has(token.type))
        .map((token) => String(token.meta?.label));
      scope.commit(labels);
      watch.forget(labels);
    },
    takeChanged: watch.takeChanged,
    takeRedrawn: watch.takeRedrawn,
    inlineIsClosed(text) {
      work += text.length;
      return isInlineClosed(md, text, env);
    },
    inlineTokens(content) {
      const token = new InlineToken("inline", "", 0);
      token.content = content;
      token.children = [];
      return [token];
    },
    countWork(characters) {
      work += characters;
    },
    work: () => work,
  };
}

/** The core rules that follow the splitting into blocks, which the stream does itself. */
function rulesAfterBlock(md: MarkdownIt) {
  const rules = md.core.ruler.getRules("");
  if (rules[0]?.name !== "normalize" || rules[1]?.name !== "block") {
    throw new Error(
      "markdown-it's core rules no longer begin with normalize and block; the stream must be adapted.",
    );
  }
  return rules.slice(2);
}
