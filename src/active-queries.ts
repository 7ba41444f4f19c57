import type { QueryOrigin } from "./origin.js";

/** A query between its first message asked for and its end. */
export interface ActiveQuery {
  readonly origin: QueryOrigin;
  /** Makes the query throw an AbortError; resolves when no process of it is left. */
  abort(reason?: unknown): Promise<void>;
}

const ACTIVE = Symbol.for("claude-notebook.active-queries");

/** Global, so that a kernel also finds the queries of a second copy of this package. */
function activeQueries(): Set<ActiveQuery> {
  const registry = globalThis as { [ACTIVE]?: Set<ActiveQuery> };
  registry[ACTIVE] ??= new Set();
  return registry[ACTIVE];
}

/** @internal Registers a query that has begun; returns what ends the registration. */
export function registerActiveQuery(query: ActiveQuery): () => void {
  const active = activeQueries();
  active.add(query);
  return () => active.delete(query);
}

/** Whether a query has begun and not ended yet; {@link QueryOrigin.id} names it. */
export function isQueryActive(id: string): boolean {
  return [...activeQueries()].some((query) => query.origin.id === id);
}

/**
 * Aborts the running queries that `match` picks: each throws an AbortError to whoever reads it, and its processes are
 * ended. A kernel calls this when the user interrupts a cell.
 *
 * @param reason becomes the `cause` of the errors.
 * @returns when none of their processes is left.
 */
export async function abortQueries(match: (origin: QueryOrigin) => boolean, reason?: unknown): Promise<void> {
  const matching = [...activeQueries()].filter((query) => match(query.origin));
  await Promise.all(matching.map((query) => query.abort(reason)));
}
