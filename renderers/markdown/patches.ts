import type { Sent } from "./lag-net.js";
import { type Block, commonPrefix } from "./open-region.js";

/** A change of one block: keep the first `keep` characters of its HTML, then put `html`. */
export interface MarkdownPatch {
  /** Index of the block, from 0; the blocks in order are the document. */
  readonly block: number;
  readonly keep: number;
  readonly html: string;
}

/** What was last said of a block: its first `pieces` pieces, which have `length` characters, then `tail`. */
interface Published {
  readonly block: Block;
  readonly pieces: number;
  readonly length: number;
  readonly tail: string;
}

/** Says what changed since it was last asked, at the cost of what changed. */
export interface PatchWriter {
  /** @param blocks those from index `from` to the end of the document */
  patchesFrom(from: number, blocks: readonly Block[]): MarkdownPatch[];
  /** The patch of one block, in an array; empty when there is nothing new to say of it. */
  patch(index: number, block: Block): MarkdownPatch[];
  /** How much was sent so far; at risk is what the blocks from index `from` on have behind the pieces that stand. */
  sent(from: number): Sent;
}

export function createPatchWriter(): PatchWriter {
  const published: Published[] = [];
  let total = 0;
  let shown = 0;

  const patch = (index: number, block: Block): MarkdownPatch[] => {
    const before = published[index];
    const { stands, length, old, isAll } = compare(before, block);
    const text = join(block, stands) + block.tail;
    published[index] = {
      block,
      pieces: block.pieces.length,
      length: length + text.length - block.tail.length,
      tail: block.tail,
    };
    block.changed = undefined;
    shown += length + text.length - lengthOf(before);
    const common = commonPrefix(old, text);
    if (isAll && common === old.length && common === text.length) return [];
    total += text.length - common;
    return [{ block: index, keep: length + common, html: text.slice(common) }];
  };
  return {
    patch,
    sent(from) {
      let atRisk = 0;
      for (let index = from; index < published.length; index++) atRisk += published[index]!.tail.length;
      return { total, shown, atRisk };
    },
    patchesFrom(from, blocks) {
      const patches = blocks.flatMap((block, i) => patch(from + i, block));
      for (let index = from + blocks.length; index < published.length; index++) {
        const length = lengthOf(published[index]);
        shown -= length;
        if (length > 0) patches.push({ block: index, keep: 0, html: "" });
      }
      published.length = from + blocks.length;
      return patches;
    },
  };
}

function lengthOf(published: Published | undefined): number {
  return published ? published.length + published.tail.length : 0;
}

/** How far a block is as it was: its first `stands` pieces, of `length` characters, then `old`. */
interface Standing {
  readonly stands: number;
  readonly length: number;
  readonly old: string;
  /** False when it went on with something else. */
  readonly isAll: boolean;
}

function compare(before: Published | undefined, block: Block): Standing {
  if (!before) return { stands: 0, length: 0, old: "", isAll: true };
  const { changed } = before.block;
  const isAll = changed === undefined || changed.piece >= before.pieces;
  if (before.block !== block) {
    const old = isAll ? join(before.block, 0, before.pieces) + before.tail : "";
    return { stands: 0, length: 0, old, isAll };
  }
  if (isAll) return { stands: before.pieces, length: before.length, old: before.tail, isAll };
  const { html } = block.pieces[changed.piece]!;
  return {
    stands: changed.piece,
    length: join(block, 0, changed.piece).length,
    old: html.slice(0, changed.keep),
    isAll,
  };
}

function join({ pieces }: Block, from: number, to = pieces.length): string {
  let html = "";
  for (let i = from; i < to; i++) html += pieces[i]!.html;
  return html;
}
