import type { MarkdownIt, Token } from "markdown-it";
import { createMarkdown, type MarkdownOptions } from "./markdown.js";
import { createReferenceScope } from "./reference-scope.js";
import { isStableBlock, lineStart, type SourceLines, sourceLines, topLevelBlocks } from "./stable-blocks.js";

/** A change of one block: keep the first `keep` characters of its HTML, then put `html`. */
export interface MarkdownPatch {
  /** Index of the block, from 0; the blocks in order are the document. */
  readonly block: number;
  readonly keep: number;
  readonly html: string;
}

/** Markdown that is rendered while it is being written. */
export interface MarkdownStream {
  /** Adds text to the end; returns what changed. */
  append(text: string): MarkdownPatch[];
  /** Says that no text follows; returns what changed. */
  end(): MarkdownPatch[];
  /** The document so far: always equal to `renderMarkdownHtml` of the text so far. */
  html(): string;
}

/** A block that no text to come can change, except through a link definition. */
interface FinalBlock {
  readonly source: string;
  html: string;
}

/**
 * Renders growing markdown without rendering it all again: final blocks stay as they are, only the open end is parsed.
 *
 * Markdown looks back in two ways. A later line can change the block before it: {@link isStableBlock} knows when no longer.
 * A definition `[label]: url` changes links anywhere before it: blocks that looked a label up in vain are rendered again.
 */
export function createMarkdownStream(options: MarkdownOptions = {}): MarkdownStream {
  const md = createMarkdown(options);
  const finishRules = rulesAfterBlock(md);
  const scope = createReferenceScope();
  const env = { references: scope.references };
  const final: FinalBlock[] = [];
  const waiting = new Map<string, Set<number>>();
  const published: string[] = [];
  let open = "";
  let openHtml = "";
  let endsWithReturn = false;

  const parse = (source: string): Token[] => {
    const tokens: Token[] = [];
    md.block.parse(source, md, env, tokens);
    return tokens;
  };
  const render = (tokens: Token[], source: string): string => {
    const state = new md.core.State(source, md, env);
    state.tokens = tokens;
    for (const rule of finishRules) rule(state);
    return md.renderer.render(state.tokens, md.options, env);
  };
  const freeze = (tokens: Token[], source: string): void => {
    scope.commit(tokens.filter((t) => t.type === "reference_definition").map((t) => String(t.meta?.label)));
    let html = "";
    const misses = scope.collectMisses(() => {
      html = render(tokens, source);
    });
    for (const label of misses) waiting.set(label, (waiting.get(label) ?? new Set()).add(final.length));
    final.push({ source, html });
  };
  const renderAgain = (labels: readonly string[]): number[] => {
    const indexes = new Set(labels.flatMap((label) => [...(waiting.get(label) ?? [])]));
    for (const index of indexes) {
      const block = final[index]!;
      block.html = render(parse(block.source), block.source);
    }
    return [...indexes];
  };

  const update = (): MarkdownPatch[] => {
    const firstOpen = final.length;
    open = skipBlankLines(open);
    let tokens: Token[] = [];
    const definitions = scope.collectDefinitions(() => {
      tokens = parse(open);
    });
    const changed = renderAgain(scope.setOpen(definitions));
    const lines = sourceLines(open);
    const blocks = topLevelBlocks(tokens);
    const stable = countStable(blocks, tokens, lines);
    let from = 0;
    for (const [first, last] of blocks.slice(0, stable)) {
      const to = lineStart(lines, tokens[first]!.map![1]);
      freeze(tokens.slice(first, last), open.slice(from, to));
      from = to;
    }
    const rest = open.slice(from);
    openHtml = blocks
      .slice(stable)
      .map(([first, last]) => render(tokens.slice(first, last), open))
      .join("");
    open = skipBlankLines(rest);
    return publish([...changed, ...range(firstOpen, final.length)]);
  };

  const publish = (indexes: readonly number[]): MarkdownPatch[] => {
    const patches: MarkdownPatch[] = [];
    for (const block of new Set([...indexes.toSorted((a, b) => a - b), final.length])) {
      const before = published[block] ?? "";
      const after = final[block]?.html ?? openHtml;
      if (before === after && block < published.length) continue;
      const keep = commonPrefix(before, after);
      published[block] = after;
      if (after !== "" || before !== "") patches.push({ block, keep, html: after.slice(keep) });
    }
    return patches;
  };

  return {
    append(text) {
      let chunk = endsWithReturn && text.startsWith("\n") ? text.slice(1) : text;
      if (text !== "") endsWithReturn = text.endsWith("\r");
      chunk = chunk.replace(/\r\n?/g, "\n").replaceAll("\0", "\uFFFD");
      if (chunk === "") return [];
      open += chunk;
      return update();
    },
    end: () => [],
    html: () => final.map((block) => block.html).join("") + openHtml,
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

function countStable(
  blocks: readonly [number, number][],
  tokens: readonly Token[],
  lines: SourceLines,
): number {
  const firstOf = (index: number): Token | undefined => tokens[blocks[index]?.[0] ?? -1];
  const open = blocks.findIndex((_, i) => !isStableBlock(firstOf(i)!, firstOf(i + 1), lines));
  return open === -1 ? blocks.length : open;
}

function skipBlankLines(source: string): string {
  return source.replace(/^(?:[ \t]*\n)+/, "");
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function commonPrefix(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}
