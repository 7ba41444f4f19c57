import { randomUUID } from "node:crypto";
import type { ClaudeOptions } from "../options/types.js";
import type { QueryOrigin } from "../origin.js";
import { contentOf, isPromptMessage, type PromptItem, type PromptMessage } from "../prompt.js";

/** Where the CLI keeps what files were before a query. */
export interface TurnCheckpoint {
  /** Names the first prompt of the query, as `rewindFiles()` takes it. */
  readonly promptUuid: string;
  /** Those of the query: where its CLI is, and where it keeps its files. */
  readonly options: ClaudeOptions;
}

/** Beside the origin, not in it: options hold keys, and an origin goes wherever messages go. */
const checkpoints = new WeakMap<QueryOrigin, TurnCheckpoint>();

/** The prompt with a name that the CLI keeps its checkpoint under; an attempt that is made again needs another one. */
export function withCheckpoint(item: PromptItem, origin: QueryOrigin, options: ClaudeOptions): PromptMessage {
  const named: PromptMessage = isPromptMessage(item)
    ? { ...item, uuid: item.uuid ?? randomUUID() }
    : { type: "user", message: { role: "user", content: contentOf(item) }, uuid: randomUUID() };
  checkpoints.set(origin, { promptUuid: named.uuid!, options });
  return named;
}

/** The checkpoint of a query; undefined when it kept none: a replayed one, or one without `enableFileCheckpointing`. */
export function checkpointOf(origin: QueryOrigin): TurnCheckpoint | undefined {
  return checkpoints.get(origin);
}
