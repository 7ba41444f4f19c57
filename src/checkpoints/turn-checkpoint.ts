import type { ClaudeOptions } from "../options/types.js";
import type { QueryOrigin } from "../origin.js";

/** Where the CLI keeps what files were before a query. */
export interface TurnCheckpoint {
  /** Names the first prompt of the query, as `rewindFiles()` takes it. */
  readonly promptUuid: string;
  /** Those of the query: where its CLI is, and where it keeps its files. */
  readonly options: ClaudeOptions;
}

/** Beside the origin, not in it: options hold keys, and an origin goes wherever messages go. */
const checkpoints = new WeakMap<QueryOrigin, TurnCheckpoint>();

/** The prompt of a query is being sent, and the CLI keeps a checkpoint under its id. */
export function noteCheckpoint(origin: QueryOrigin, checkpoint: TurnCheckpoint): void {
  checkpoints.set(origin, checkpoint);
}

/** The checkpoint of a query; undefined when it kept none: a replayed one, or one without `enableFileCheckpointing`. */
export function checkpointOf(origin: QueryOrigin): TurnCheckpoint | undefined {
  return checkpoints.get(origin);
}
