import { randomUUID } from "node:crypto";
import { registerActiveQuery } from "./active-queries.js";
import { noteCheckpoint } from "./checkpoints/turn-checkpoint.js";
import type { LiveSession } from "./control/live-session.js";
import { feed, runLiveTurn } from "./control/live-turn.js";
import { openSession } from "./control/open-session.js";
import { createSessionChanges } from "./control/session-changes.js";
import { SessionControls } from "./control/session-controls.js";
import { createStreamedInput, type StreamedInput } from "./control/streamed-input.js";
import { AbortError, ControlRequestError, InvalidOptionsError, TimeoutError } from "./errors.js";
import { createTurnLog, logMessages } from "./logging/turn-log.js";
import type { Message } from "./messages/types.js";
import { resolveCwd } from "./options/resolve-cwd.js";
import type { ClaudeOptions } from "./options/types.js";
import { currentQueryContext, type QueryOrigin } from "./origin.js";
import { onAbort } from "./process/on-abort.js";
import { raceAbort } from "./process/race-abort.js";
import { isPromptStream, type Prompt, type PromptItem, withId } from "./prompt.js";
import { createPromptSource, type PromptSource } from "./prompt-source.js";
import { recordTurn } from "./recording/record-turn.js";
import { replayTurn } from "./recording/replay-turn.js";
import { type FailedAttempt, optionsToGoOn } from "./retry/options-to-go-on.js";
import { withRetry } from "./retry/with-retry.js";
import type { TurnEvent } from "./turn.js";
import { turnMessages } from "./turn-messages.js";
import { planTurn, replayHint, type TurnPlan } from "./turn-plan.js";
import { type TurnSetting, withSetting } from "./turn-setting.js";

/** A turn of Claude: its messages in order, and a handle on what produces them. */
export interface Query extends AsyncGenerator<Message, void, void>, SessionControls {
  /** The identity that every message of this query carries. */
  readonly origin: QueryOrigin;
  /** The process id of the CLI; undefined before it has started, and in a replay. */
  readonly pid: number | undefined;
  /**
   * Sends more prompts, as they come; resolves when all of them are sent. The turn goes on until all are answered. To answer
   * the last result, send before asking for the message after it.
   *
   * @throws ControlRequestError when the CLI takes no more prompts.
   */
  streamInput(prompts: AsyncIterable<PromptItem>): Promise<void>;
  /** Ends the turn and its processes; whoever reads the messages sees them end. */
  close(): Promise<void>;
  /** The same as `close()`. */
  kill(): Promise<void>;
}

/** The reason of a stop that is no error: the reader has left. */
const CLOSED = Symbol("closed");

/**
 * Prepares a turn; it begins when its first message is asked for.
 *
 * @param setting what a host knows of the turn that keeps a conversation of its own.
 * @throws InvalidOptionsError for a prompt that cannot be sent.
 */
export function createQueryRun(prompt: Prompt, options: ClaudeOptions, setting?: TurnSetting): Query {
  const source = isPromptStream(prompt) ? createPromptSource(prompt) : undefined;
  const log = createTurnLog(options);
  // What a stream of prompts asks is known when its first one comes.
  let plan = isPromptStream(prompt) ? undefined : planTurn(prompt, options, setting);
  const origin = {
    id: randomUUID(),
    prompt: plan?.prompt ?? "",
    replayed: plan?.replayed ?? false,
    recordingPath: plan?.replayed ? plan.recordingPath : undefined,
    context: undefined as unknown,
  };
  const stop = new AbortController();
  let session: LiveSession | undefined;
  let opening: Promise<LiveSession> | undefined;
  const changes = createSessionChanges();
  const streamed: StreamedInput[] = [];
  let isLastAttempt = false;
  let finished = false;
  /** Whether somebody waits for a message. */
  let isAwaited = false;
  let unregister = (): void => {};
  let settle = (): void => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });

  /** The attempt before, if its session has begun. */
  let failed: FailedAttempt | undefined;
  let promptId = "";
  const open = (): Promise<LiveSession> => {
    opening ??= openAttempt().then((opened) => {
      session = opened;
      changes.applyTo(opened);
      return opened;
    });
    return opening;
  };

  async function openAttempt(): Promise<LiveSession> {
    const cwd = resolveCwd(options.cwd);
    const own = failed ? await optionsToGoOn(options, cwd, failed) : options;
    return openSession(own, cwd, stop.signal, replayHint(plan));
  }

  const messages = read();
  async function* read(): AsyncGenerator<Message, void, void> {
    isAwaited = true;
    origin.context = currentQueryContext();
    unregister = registerActiveQuery({ origin, abort });
    const { abortSignal, timeoutMs } = options;
    const ignoreSignal = abortSignal && onAbort(abortSignal, (reason) => stop.abort(new AbortError(reason)));
    let timer: NodeJS.Timeout | undefined;
    try {
      stop.signal.throwIfAborted();
      plan ??= await planFirst(source!);
      if (timeoutMs !== undefined && !plan.replayed)
        timer = setTimeout(() => stop.abort(new TimeoutError(timeoutMs)), timeoutMs);
      for await (const message of logMessages(attempts(plan), log)) {
        isAwaited = false;
        yield message;
        isAwaited = true;
      }
    } catch (error) {
      if (error !== CLOSED) throw error;
    } finally {
      finished = true;
      clearTimeout(timer);
      ignoreSignal?.();
      unregister();
      source?.close();
      for (const input of streamed) input.close();
      settle();
    }
  }

  async function planFirst(prompts: PromptSource): Promise<TurnPlan> {
    const first = await raceAbort(prompts.read().next(), stop.signal);
    if (first.done)
      throw new InvalidOptionsError("prompt", prompt, "The stream of prompts ended without one.");
    const planned = planTurn(first.value, options, setting);
    origin.prompt = planned.prompt;
    origin.replayed = planned.replayed;
    if (planned.replayed) origin.recordingPath = planned.recordingPath;
    return planned;
  }

  function attempts(planned: TurnPlan): AsyncGenerator<Message, void, void> {
    if (planned.replayed) log.replayed(planned.recordingPath);
    let count = 0;
    const attempt = (): AsyncGenerator<Message, void, void> => {
      if (count++ > 0) {
        if (session?.sessionId !== undefined) failed = { sessionId: session.sessionId, promptId };
        // The CLI of the attempt before has ended.
        opening = session = undefined;
      }
      return turnMessages(planned, origin, eventsOf(planned));
    };
    return planned.replayed ? attempt() : withRetry(attempt, options, origin, stop.signal, keepNoMore);
  }

  function keepNoMore(): void {
    isLastAttempt = true;
    source?.forget();
    for (const input of streamed) input.forget();
  }

  function eventsOf(planned: TurnPlan): AsyncIterable<TurnEvent> {
    if (planned.replayed) return replayTurn(planned, stop.signal);
    const rest = restOf(source);
    const onSent = (begun: LiveSession): void => {
      if (rest) void feed(begun, rest);
      for (const input of streamed) input.feedTo(begun);
      // The CLI starts meanwhile; when it has, the name of the turn is not to be what its first message waits for.
      setImmediate(() => planned.key);
    };
    const asked = runLiveTurn({ options, item: itemOf(planned), onSent, stop: stop.signal, open });
    const live = setting ? withSetting(setting, asked) : asked;
    return planned.recorded ? recordTurn(live, planned) : live;
  }

  /** The first prompt; with an id where a further attempt may have to find it in the transcript, or the CLI its checkpoint. */
  function itemOf({ item }: TurnPlan): PromptItem {
    const { retry, enableFileCheckpointing } = options;
    if (!retry && !enableFileCheckpointing) return item;
    const found = withId(item);
    promptId = found.uuid;
    if (enableFileCheckpointing) noteCheckpoint(origin, { promptUuid: found.uuid, options });
    return found;
  }

  async function reach(request: string): Promise<LiveSession> {
    const problem = finished
      ? "the turn has ended."
      : plan?.replayed
        ? "the turn is replayed from a recording, so there is no CLI to ask."
        : undefined;
    if (problem) throw new ControlRequestError(request, problem);
    return open();
  }

  async function abort(reason?: unknown): Promise<void> {
    stop.abort(new AbortError(reason));
    unregister();
    // With nobody reading, the generator stands still and cannot clean up: then the process is ended from here.
    await (isAwaited ? settled : session?.end());
  }

  async function close(): Promise<void> {
    stop.abort(CLOSED);
    await messages.return();
    finished = true;
    await opening?.then((opened) => opened.end()).catch(() => {});
  }

  const query = {
    origin,
    get pid() {
      return session?.pid;
    },
    async interrupt() {
      // A replay has nothing to save, and what has not begun has nothing to stop.
      if (opening === undefined) await close();
      else await (await reach("interrupt")).request("interrupt");
    },
    async streamInput(prompts: AsyncIterable<PromptItem>) {
      const live = await reach("streamInput");
      const input = createStreamedInput(prompts);
      if (isLastAttempt) input.forget();
      streamed.push(input);
      input.feedTo(live);
      await input.sent;
    },
    close,
    kill: close,
    next: () => messages.next(),
    async return() {
      await close();
      return { done: true, value: undefined } as const;
    },
    async throw(error: unknown) {
      stop.abort(CLOSED);
      return messages.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this as unknown as Query;
    },
    [Symbol.asyncDispose]: close,
  };
  return Object.defineProperties(
    new SessionControls(reach, changes),
    Object.getOwnPropertyDescriptors(query),
  ) as unknown as Query;
}

/** The prompts after the first, which the plan holds. */
function restOf(source: PromptSource | undefined): AsyncIterator<PromptItem> | undefined {
  const prompts = source?.read();
  void prompts?.next();
  return prompts;
}
