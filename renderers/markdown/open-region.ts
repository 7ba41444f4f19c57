/** A stretch of HTML that is not written again, except when a link definition changes what it says. */
export interface Piece {
  html: string;
  /** Its HTML as of now, from its source. */
  readonly render: () => string;
}

/** A top-level block of the document: pieces that stand, then what is still open. */
export interface Block {
  readonly pieces: Piece[];
  tail: string;
  /** The first piece whose HTML was changed after it was put, and how many of its characters stand; undefined for none. */
  changed?: { readonly piece: number; readonly keep: number } | undefined;
}

/** How a region went on after new text. */
export type Step =
  /** It takes more text. */
  | { readonly type: "open"; readonly final: readonly Block[] }
  /** Another region takes over the rest, e.g. one that knows how a list grows. */
  | { readonly type: "handedOver"; readonly final: readonly Block[]; readonly to: OpenRegion }
  /** Its block is complete; `rest` is the text after it. */
  | { readonly type: "closed"; readonly final: readonly Block[]; readonly rest: string }
  /** The text turned out as something that this region can not grow: all of its source is given back. */
  | { readonly type: "refused"; readonly source: string };

/** The open end of a document: the text that later text may still change, and what it shows. */
export interface OpenRegion {
  /** Adds text; shown by the next `update`. */
  take(text: string): void;
  /** How many characters the next `update` has to work through. */
  pending(): number;
  /** Brings the blocks up to date. */
  update(): Step;
  /** What the region shows, in order. */
  blocks(): readonly Block[];
  /** At the end of the text: the blocks as a full render has them, when they differ from `blocks`. */
  finish?(): readonly Block[];
}

/** A block that is drawn anew at each update. */
export function openBlock(html: string): Block {
  return { pieces: [], tail: html };
}

export function blockHtml({ pieces, tail }: Block): string {
  return pieces.map((piece) => piece.html).join("") + tail;
}

/** Puts new HTML into a piece that stands already. */
export function changePiece(block: Block, index: number, html: string): void {
  const piece = block.pieces[index]!;
  const keep = commonPrefix(piece.html, html);
  if (keep === html.length && keep === piece.html.length) return;
  piece.html = html;
  const { changed } = block;
  if (!changed || index < changed.piece) block.changed = { piece: index, keep };
  else if (index === changed.piece) block.changed = { piece: index, keep: Math.min(keep, changed.keep) };
}

/** How many characters two texts begin with alike. */
export function commonPrefix(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  if (a === b) return length;
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}
