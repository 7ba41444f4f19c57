import { type Block, changePiece, type Piece } from "./open-region.js";
import type { ReferenceScope } from "./reference-scope.js";

interface Watched {
  readonly block: Block;
  readonly piece: Piece;
}

/** Knows which pieces looked a label up that no final definition answers, and draws exactly these again when it changes. */
export interface ReferenceWatch {
  /** Draws a piece that will stand in `block`. */
  draw(block: Block, render: (piece: Piece) => string, renderAgain: (piece: Piece) => string): Piece;
  /** Draws one piece again. */
  redraw(piece: Piece): void;
  renderAgain(labels: readonly string[]): void;
  /** Blocks that are not `kept` are given up; their pieces are not drawn again. */
  keepOnly(kept: { has(block: Block): boolean }): void;
  /** The labels are final: nothing that looked them up can change any more. */
  forget(labels: readonly string[]): void;
  /** Blocks with a piece that was drawn again since the last call. */
  takeChanged(): ReadonlySet<Block>;
  /** How many characters of HTML were drawn again since the last call, changed or not. */
  takeRedrawn(): number;
}

export function createReferenceWatch(scope: ReferenceScope): ReferenceWatch {
  const waiting = new Map<string, Set<Watched>>();
  let changed = new Set<Block>();
  let redrawn = 0;

  const watch = (watched: Watched, labels: Iterable<string>): void => {
    for (const label of labels) waiting.set(label, (waiting.get(label) ?? new Set()).add(watched));
  };
  const known = new WeakMap<Piece, Watched>();
  const blocks = new Set<Block>();
  const renderOne = (watched: Watched): void => {
    const { block, piece } = watched;
    if (!blocks.has(block)) return;
    let html = "";
    // Other labels may be looked up this time.
    watch(
      watched,
      scope.collectMisses(() => {
        html = piece.render();
      }),
    );
    redrawn += html.length;
    if (html === piece.html) return;
    changePiece(block, block.pieces.indexOf(piece), html);
    changed.add(block);
  };
  return {
    draw(block, render, renderAgain) {
      const piece: Piece = { html: "", render: () => renderAgain(piece) };
      const watched = { block, piece };
      known.set(piece, watched);
      blocks.add(block);
      const misses = scope.collectMisses(() => {
        piece.html = render(piece);
      });
      watch(watched, misses);
      return piece;
    },
    redraw(piece) {
      const watched = known.get(piece);
      if (watched) renderOne(watched);
    },
    renderAgain(labels) {
      const all = new Set(labels.flatMap((label) => [...(waiting.get(label) ?? [])]));
      for (const watched of all) renderOne(watched);
    },
    keepOnly(kept) {
      for (const block of blocks) if (!kept.has(block)) blocks.delete(block);
    },
    forget(labels) {
      for (const label of labels) waiting.delete(label);
    },
    takeChanged() {
      const taken = changed;
      changed = new Set();
      return taken;
    },
    takeRedrawn() {
      const taken = redrawn;
      redrawn = 0;
      return taken;
    },
  };
}
