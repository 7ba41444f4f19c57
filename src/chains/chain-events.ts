import type { Message } from "../messages/types.js";

/** How a chain goes on, in the order in which it does. Each but `message` changes the chain's state. */
export type ChainEvent =
  | { readonly type: "chain_started"; readonly chain: string }
  | { readonly type: "step_started"; readonly step: string; readonly attempt: number }
  /** What Claude says in a step. */
  | { readonly type: "message"; readonly step: string; readonly message: Message }
  | {
      readonly type: "step_retried";
      readonly step: string;
      readonly attempt: number;
      readonly error: unknown;
    }
  | { readonly type: "step_finished"; readonly step: string; readonly output: unknown }
  | { readonly type: "step_skipped"; readonly step: string }
  /** A step that it needs has failed. */
  | { readonly type: "step_blocked"; readonly step: string }
  | { readonly type: "step_failed"; readonly step: string; readonly error: unknown }
  | { readonly type: "step_stopped"; readonly step: string }
  | { readonly type: "branch_chosen"; readonly step: string; readonly branch: string }
  | { readonly type: "round_started"; readonly step: string; readonly round: number }
  | { readonly type: "chain_finished"; readonly chain: string }
  | { readonly type: "chain_failed"; readonly chain: string; readonly error: unknown };
