import type { LiveSession } from "../control/live-session.js";
import { openSession } from "../control/open-session.js";
import type { RawMessage } from "../messages/parse-message.js";
import type { ClaudeOptions } from "../options/types.js";
import { createOutputGuard } from "../output/output-guard.js";
import { type PromptItem, withId } from "../prompt.js";
import type { TurnEnd, TurnEvent } from "../turn.js";
import { createLineReader } from "./line-reader.js";

/** A CLI that answers one prompt after the other. */
export interface ClientSession {
  readonly live: LiveSession;
  /** Sends a prompt; returns its id. The CLI says in a line of its own when it begins with it. */
  send(item: PromptItem): string;
  /**
   * The lines up to the result of a prompt, and an end. What background tasks say before it comes too.
   *
   * @param promptId undefined for a turn that a background task began.
   */
  turn(promptId: string | undefined): AsyncGenerator<TurnEvent, void>;
  /** Whether the CLI has said that it begins with a prompt. */
  hasBegun(promptId: string): boolean;
  /** Resolves when there is something to read (true) or the CLI has ended (false). */
  ready(): Promise<boolean>;
  /** Called back with the session's id at each result, as it arrives. */
  onAnswered(callback: (sessionId: string) => void): void;
}

const FINISHED: TurnEnd = { type: "end", exitCode: 0, stderr: "" };

/** The flag that makes the CLI say which prompt it begins with. */
const ECHO_FLAG = "replay-user-messages";

/** Starts the CLI of a client. @param stop ends the waiting; its reason is thrown. @throws CLINotFoundError, CLIConnectionError */
export async function openClientSession(
  options: ClaudeOptions,
  cwd: string,
  stop: AbortSignal,
  notFoundHint?: string,
): Promise<ClientSession> {
  const withEcho = { ...options, extraArgs: { ...options.extraArgs, [ECHO_FLAG]: null } };
  const live = await openSession(withEcho, cwd, stop, notFoundHint);
  const reader = createLineReader(live.lines);
  const sent = new Set<unknown>();
  const begunPrompts = new Set<unknown>();
  let onAnswered: (sessionId: string) => void = () => {};

  // Sees results as they arrive; `turn` judges the same ones as they are read.
  const judge = createOutputGuard(options);
  live.onResult((raw) => {
    const verdict = judge(raw);
    if (verdict.action === "retry") return verdict.prompt;
    // Not at once: the caller still holds the result.
    queueMicrotask(() => onAnswered(String(raw.session_id)));
    return undefined;
  });

  const isBegun = (promptId: string | undefined): boolean =>
    promptId === undefined || begunPrompts.has(promptId);

  async function* turn(promptId: string | undefined): AsyncGenerator<TurnEvent, void> {
    const judgeRead = createOutputGuard(options);
    const begunAt = performance.now();
    for (;;) {
      const line = await reader.take();
      if (!line) {
        yield await live.ended;
        return;
      }
      const { raw } = line;
      if (isEcho(raw, sent)) {
        begunPrompts.add(raw.uuid);
        continue;
      }
      yield { ...line, atMs: Math.max(0, line.atMs - begunAt) };
      if (raw.type === "result" && judgeRead(raw).action !== "retry" && isBegun(promptId)) {
        yield FINISHED;
        return;
      }
    }
  }

  return {
    live,
    send(item) {
      const prompt = withId(item);
      sent.add(prompt.uuid);
      live.send(prompt);
      return prompt.uuid;
    },
    turn,
    hasBegun: isBegun,
    ready: reader.ready,
    onAnswered(callback) {
      onAnswered = callback;
    },
  };
}

/** The CLI's echo of a prompt of ours. */
function isEcho(raw: RawMessage, sent: ReadonlySet<unknown>): boolean {
  return raw.type === "user" && raw.isReplay === true && sent.has(raw.uuid);
}
