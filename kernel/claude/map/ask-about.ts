import { ResultError } from "../../../src/errors.js";
import type { ResultMessage } from "../../../src/messages/types.js";
import type { QueryOptions } from "../../../src/options/types.js";
import { originOf } from "../../../src/origin.js";
import { query } from "../../../src/query.js";
import { replayHints } from "../../../src/recording/recording-file.js";
import { notebookHost } from "../../host.js";
import { costLedger } from "../cost-ledger.js";
import type { MapItem } from "./map-item.js";

/** One turn of its own; adds what it cost, also when it failed. */
export async function askAbout(
  entry: MapItem,
  options: QueryOptions,
  isTyped: boolean,
): Promise<{ readonly value: unknown }> {
  let result: ResultMessage | undefined;
  try {
    for await (const message of query(entry.prompt, options))
      if (message.type === "result") result = message as ResultMessage;
  } finally {
    if (result) noteCost(entry, result);
  }
  if (!result) throw new Error("The turn ended without a result.");
  if (result.is_error) throw new ResultError(result, { hints: replayHints(result) });
  return { value: isTyped ? result.structured_output : (result.result ?? "") };
}

function noteCost(entry: MapItem, result: ResultMessage): void {
  const replayed = originOf(result)?.query.replayed ?? false;
  const costUsd = replayed ? 0 : (result.total_cost_usd ?? 0);
  entry.costUsd += costUsd;
  const cell = notebookHost()?.currentCell()?.executionCount;
  costLedger.note({ cell, prompt: entry.prompt, costUsd, replayed });
}
