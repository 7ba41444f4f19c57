import type { AgentsSnapshot } from "../../src/agents/agent-snapshot.js";
import type { ViewPart } from "../response/parts.js";

/** A system of agents as a grid. */
export function agentsParts({ snapshot }: { readonly snapshot: AgentsSnapshot }): readonly ViewPart[] {
  const isRunning = snapshot.agents.some(({ status }) => status === "running" || status === "waiting");
  const state = isRunning ? "running" : "done";
  return [{ id: "agents", type: "view", state, view: "agents", data: snapshot }];
}
