import { createBlockParser } from "./block-parser.js";
import { checkOptions, checkText } from "./check-input.js";
import { createLagNet, LAG_LIMITS, type LagLimits } from "./lag-net.js";
import type { MarkdownOptions } from "./markdown.js";
import { type Block, blockHtml } from "./open-region.js";
import { createOpenTail } from "./open-tail.js";
import { createPatchWriter, type MarkdownPatch } from "./patches.js";
import { createRawText } from "./raw-text.js";
import { SIZE_LIMITS, type SizeLimits } from "./size-limits.js";
import { createSourceReader } from "./source-reader.js";

/** Markdown that is rendered while it is being written. */
export interface MarkdownStream {
  /**
   * Adds text to the end; returns what changed. An empty text only brings up to date what waits, see {@link LagLimits}.
   * @throws TypeError when `text` is no string: it says which value came; the stream goes on as if it had not
   * @throws Error after `end`
   */
  append(text: string): MarkdownPatch[];
  /** Says that no text follows; returns what changed. From now on the document is the full render to the last character. */
  end(): MarkdownPatch[];
  /** The document so far: see {@link createMarkdownStream} for how it equals `renderMarkdownHtml` of the text so far. */
  html(): string;
  /** Characters worked through so far, all passes counted: what the stream cost, for tests and benchmarks. */
  work(): number;
}

/** What a test sets otherwise. */
export interface StreamTuning {
  /** Length from which a list, table or paragraph is grown piece by piece, in characters. */
  readonly growFrom: number;
  readonly lag: LagLimits;
  readonly size: SizeLimits;
}

const TUNING: StreamTuning = { growFrom: 400, lag: LAG_LIMITS, size: SIZE_LIMITS };

/**
 * Renders growing markdown at the cost of what is added, not of what is there.
 *
 * At every prefix the document equals the full render of it, with three exceptions: the colours (never the text) of a fence
 * that is not closed yet; text that makes more than 4,096 characters be drawn again (in a huge quote or list item, in a
 * definition that is looked up everywhere), which may be shown as plain text for 100 ms; and text whose drawing costs more than
 * it adds (in dozens of nested quotes, or between runs of backticks that turn around what stands before), which is shown as plain
 * text until no more than four times the document was sent, once 32 kB were. After `end` there is no exception.
 *
 * @throws TypeError for an unknown option, or one that is no function
 * @example
 *     const stream = createMarkdownStream();
 *     stream.append("# Hel"); // [{ block: 0, keep: 0, html: "<h1>Hel</h1>\n" }]
 *     stream.append("lo"); // [{ block: 0, keep: 7, html: "lo</h1>\n" }]
 */
export function createMarkdownStream(options: MarkdownOptions = {}): MarkdownStream {
  checkOptions("createMarkdownStream", options);
  return createTunedStream(options, {});
}

export function createTunedStream(options: MarkdownOptions, tuning: Partial<StreamTuning>): MarkdownStream {
  const { growFrom, lag, size } = { ...TUNING, ...tuning };
  const parser = createBlockParser(options, size);
  const reader = createSourceReader();
  const net = createLagNet(lag);
  const raw = createRawText();
  const patches = createPatchWriter();
  const final: Block[] = [];
  const indexes = new Map<Block, number>();
  let region = createOpenTail(parser, "", { growFrom });
  let ending: readonly Block[] | undefined;

  /** Brings the open region up to date, and those that come out of it. */
  const settle = (): void => {
    for (;;) {
      const step = region.update();
      if (step.type === "refused") {
        parser.keepOnly(indexes);
        region = createOpenTail(parser, step.source, { growFrom, isRefused: true });
        continue;
      }
      for (const block of step.final) indexes.set(block, final.push(block) - 1);
      if (step.type === "open") return;
      region = step.type === "handedOver" ? step.to : createOpenTail(parser, step.rest, { growFrom });
    }
  };
  const update = (): void => {
    raw.clear();
    net.measure(() => {
      settle();
      return parser.takeRedrawn();
    });
  };
  const openBlocks = (): readonly Block[] => ending ?? [...region.blocks(), ...raw.blocks()];
  const publish = (firstOpen: number): MarkdownPatch[] => {
    const earlier = [...parser.takeChanged()].flatMap((block) => {
      const index = indexes.get(block);
      return index === undefined || index >= firstOpen ? [] : patches.patch(index, block);
    });
    return [...earlier, ...patches.patchesFrom(firstOpen, [...final.slice(firstOpen), ...openBlocks()])];
  };

  return {
    append(text) {
      checkText("The text of append()", text);
      if (ending) throw new Error("This markdown stream has ended; text can not be appended after end().");
      const firstOpen = final.length;
      const source = reader.read(text);
      region.take(source);
      const isDue = net.isDue(region.pending(), source.length, patches.sent(firstOpen));
      if (source !== "") raw.add(source, !isDue);
      if (isDue) update();
      return publish(firstOpen);
    },
    end() {
      if (ending) return [];
      const firstOpen = final.length;
      update();
      ending = region.finish?.() ?? region.blocks();
      return publish(firstOpen);
    },
    html: () => [...final, ...openBlocks()].map(blockHtml).join(""),
    work: parser.work,
  };
}
