import { type Block, changePiece, type Piece } from "./open-region.js";
import type { ReferenceScope } from "./reference-scope.js";

interface Watched {
  readonly block: Block;
  readonly piece: Piece;
}

/** Knows which pieces looked a label up that no final definition answers, and draws exactly these again when it changes. */
export interface ReferenceWatch {
  /** Draws a piece that will stand in `block`. */
  draw(block: Block, render: () => string, renderAgain: () => string): Piece;
  renderAgain(labels: readonly string[]): void;
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
  const renderOne = (watched: Watched): void => {
    const { block, piece } = watched;
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
      const piece: Piece = { html: "", render: renderAgain };
      const misses = scope.collectMisses(() => {
        piece.html = render();
      });
      watch({ block, piece }, misses);
      return piece;
    },
    renderAgain(labels) {
      const all = new Set(labels.flatMap((label) => [...(waiting.get(label) ?? [])]));
      for (const watched of all) renderOne(watched);
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
