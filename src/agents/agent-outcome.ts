import type { ResultMessage } from "../messages/types.js";

/** What an agent answered. */
export interface AgentAnswer<Output = unknown> {
  readonly text: string;
  /** With a schema: what its parser returns. */
  readonly output: Output;
  readonly result: ResultMessage;
}

/** How one run of an agent ended. */
export interface AgentOutcome {
  readonly agent: string;
  readonly prompt: string;
  readonly status: "done" | "failed" | "stopped";
  readonly answer?: AgentAnswer | undefined;
  /** Why it failed, or was stopped. */
  readonly error?: Error | undefined;
  readonly costUsd: number;
  readonly durationMs: number;
}
