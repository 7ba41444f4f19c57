/** A turn was not undone; nothing was changed, unless it says so. */
export class UndoError extends Error {
  override readonly name = "UndoError";
}
