import type { ChainSnapshot } from "../../src/chains/chain-snapshot.js";
import type { PartState, ViewPart } from "../response/parts.js";

const STATES: Partial<Record<ChainSnapshot["status"], PartState>> = {
  running: "running",
  failed: "failed",
  stopped: "interrupted",
};

/** A chain, a run of one or its result as a diagram of its steps. */
export function chainParts({ snapshot }: { readonly snapshot: ChainSnapshot }): readonly ViewPart[] {
  const state = STATES[snapshot.status] ?? "done";
  return [{ id: "chain", type: "view", state, view: "chain", data: snapshot }];
}
