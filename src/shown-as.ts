const VIEW = Symbol.for("claude-notebook.shown-as");

/**
 * Marks a value with the name of the view that shows it in a cell (a row of `renderers/views/views.ts`). The mark is a
 * non-enumerable symbol, so that JSON and comparisons of the value stay what they were; it is in the global symbol registry,
 * so that two copies of this package read each other's.
 */
export function showAs<T extends object>(value: T, view: string): T {
  return Object.defineProperty(value, VIEW, { value: view, configurable: true });
}

/** The name of the view that shows a value, or undefined for a value that has none. */
export function shownAs(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as { [VIEW]?: string })[VIEW];
}
