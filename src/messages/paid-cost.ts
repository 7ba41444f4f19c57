import { originOf } from "../origin.js";
import type { ResultMessage } from "./types.js";

/** What a turn cost, in US dollars; a turn that was replayed cost nothing. */
export function paidCost(result: ResultMessage | undefined): number {
  return originOf(result)?.query.replayed ? 0 : (result?.total_cost_usd ?? 0);
}
