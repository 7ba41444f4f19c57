import type { KernelMessage } from "../../live/live-protocol.js";

/** A view of a response that follows what the kernel says. */
export interface LiveView {
  /** The response, and the number of the last delta. */
  readonly response: string;
  readonly seq: number;
  /** Whether something may still come. */
  readonly isFollowing: boolean;
  take(message: KernelMessage): void;
  /** The kernel that knew the response is gone. */
  lost(why: string): void;
  /** Puts what is shown into the notebook. */
  keep(): void;
}

/** How the turns of a kernel stand, for the status bar. */
export interface LiveStatus {
  readonly running: number;
  readonly costUsd: number;
  /** Why nothing is live, when kernel and extension do not match. */
  readonly problem?: string | undefined;
}
