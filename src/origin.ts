/** Where a message comes from: the identity that tells two responses apart, which `session_id` cannot (two replays share it). */
export interface QueryOrigin {
  /** Random, one per call of `query()` or per turn of a client. */
  readonly id: string;
  readonly prompt: string;
  /** True when the messages come from a recording: no tool ran, nothing was paid. */
  readonly replayed: boolean;
  /** The recording they come from, an absolute path; undefined for a turn that ran. */
  readonly recordingPath?: string | undefined;
  /**
   * What the host (a notebook kernel) said was running when the first message was asked for: who reads a query is who
   * asked, not who made it. Undefined before that. Opaque to the SDK.
   */
  readonly context: unknown;
}

/** What is known of one message beside its content. */
export interface MessageOrigin {
  readonly query: QueryOrigin;
  /** Milliseconds from the start of the query to this message; in a replay, as it was when recorded. */
  readonly atMs: number;
}

const ORIGIN = Symbol.for("claude-notebook.message-origin");
const CONTEXT = Symbol.for("claude-notebook.query-context");

/**
 * Marks a message with its origin. The mark is a non-enumerable symbol, so that JSON, spreads and comparisons of the
 * message stay what they were; it is in the global symbol registry, so that two copies of this package read each other's.
 */
export function markOrigin<M extends object>(message: M, origin: MessageOrigin): M {
  return Object.defineProperty(message, ORIGIN, { value: origin, configurable: true });
}

/** The origin of a message, or undefined for one that no query of ours produced (a transcript, a hand-made object). */
export function originOf(message: unknown): MessageOrigin | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  return (message as { [ORIGIN]?: MessageOrigin })[ORIGIN];
}

type Registry = { [CONTEXT]?: (() => unknown) | undefined };

/** Lets a host say what is running (the cell), so that a query remembers who asked. */
export function setQueryContext(current: (() => unknown) | undefined): void {
  (globalThis as Registry)[CONTEXT] = current;
}

/** @internal What the host says is running now. */
export function currentQueryContext(): unknown {
  return (globalThis as Registry)[CONTEXT]?.();
}
