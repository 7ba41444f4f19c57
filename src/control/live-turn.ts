import type { ClaudeOptions } from "../options/types.js";
import { createOutputGuard } from "../output/output-guard.js";
import { onAbort } from "../process/on-abort.js";
import type { PromptItem } from "../prompt.js";
import type { TurnEvent } from "../turn.js";
import type { LiveSession } from "./live-session.js";

export interface LiveTurn {
  readonly options: ClaudeOptions;
  /** The first prompt. */
  readonly item: PromptItem;
  /** Called when the first is sent: the time to send more. */
  readonly onSent?: ((session: LiveSession) => void) | undefined;
  /** Ends the turn; its reason is thrown. */
  readonly stop: AbortSignal;
  open(): Promise<LiveSession>;
}

/**
 * Runs prompts on a CLI of their own until all of them are answered. However the generator is left, nothing of it is
 * running afterwards.
 *
 * @throws CLINotFoundError, CLIConnectionError, CLIJSONDecodeError, and what `stop` was given.
 */
export async function* runLiveTurn(turn: LiveTurn): AsyncGenerator<TurnEvent, void> {
  const { options, item, stop } = turn;
  stop.throwIfAborted();
  const begunAt = performance.now();
  const session = await turn.open();
  const ignoreStop = onAbort(stop, (reason) => {
    session.fail(reason);
    // At once, and not only when the reader comes back for the next message.
    void session.end();
  });
  try {
    sendCorrections(session, options);
    session.send(item);
    turn.onSent?.(session);
    session.release();
    for await (const { raw, atMs } of session.lines) {
      yield { type: "line", raw, atMs: Math.max(0, atMs - begunAt) };
      if (raw.type === "result") session.noteResultRead();
    }
    yield await session.ended;
  } finally {
    ignoreStop();
    await session.end();
  }
}

/** Tells Claude when an answer does not fit `outputSchema`. */
export function sendCorrections(session: LiveSession, options: ClaudeOptions): void {
  if (!options.outputSchema) return;
  const judge = createOutputGuard(options);
  session.onResult((raw) => {
    const verdict = judge(raw);
    return verdict.action === "retry" ? verdict.prompt : undefined;
  });
}

/**
 * Sends prompts as they come; what their source throws ends the session.
 *
 * @returns false when the CLI took no more of them.
 */
export async function feed(session: LiveSession, prompts: AsyncIterator<PromptItem>): Promise<boolean> {
  const release = session.hold();
  try {
    for (;;) {
      const next = await prompts.next();
      if (next.done) return true;
      if (!session.takesPrompts) return false;
      session.send(next.value);
    }
  } catch (error) {
    session.fail(error);
    await session.end();
    return true;
  } finally {
    release();
  }
}
