/** How an agent of a system is. */
export interface AgentState {
  readonly name: string;
  readonly description: string;
  readonly status: "idle" | "waiting" | "running" | "done" | "failed" | "stopped";
  /** Runs that have ended. */
  readonly runs: number;
  readonly costUsd: number;
  readonly tokens: number;
  /** Time in its runs, in ms. */
  readonly durationMs: number;
  /** Messages from other agents that it has not read. */
  readonly unread: number;
  /** What it does now, or said last; one line. */
  readonly activity: string;
}

/** A system of agents at one moment; plain data. */
export interface AgentsSnapshot {
  readonly agents: readonly AgentState[];
  readonly spentUsd: number;
  readonly budgetUsd?: number | undefined;
}
