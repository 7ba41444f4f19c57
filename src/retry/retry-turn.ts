import { isAssistantMessage, isResultMessage } from "../messages/guards.js";
import type { Message } from "../messages/types.js";
import { createItemQueue, type ItemQueue } from "../process/item-queue.js";
import { classifyFailure } from "./classify-failure.js";
import type { RetryPlan } from "./retry-options.js";

/** The model that the CLI names in answers that it wrote itself: "API Error: …". */
const SYNTHETIC_MODEL = "<synthetic>";

/** An error result as an exception, so that p-retry can weigh it. */
class FailedAttempt extends Error {
  readonly failure: unknown;
  /** The messages that ended the attempt, for the reader if it was the last. */
  readonly messages: readonly Message[];

  constructor(failure: unknown, messages: readonly Message[]) {
    super("The attempt failed.");
    this.failure = failure;
    this.messages = messages;
  }
}

type Announce = (message: Message) => Message | undefined;

/**
 * Runs a turn, and runs it again while it fails for a reason that passes (see {@link classifyFailure}). Messages come as
 * they do without it; an attempt that is repeated ends with a `system` message of subtype `api_retry` in place of its
 * error result. Once Claude has begun to answer, nothing is repeated: tools may have run.
 *
 * @param attempt starts the turn anew.
 * @param stop ends a pause between attempts; the attempts have their own ear for it.
 * @param announce makes the message of a retry one of the query's own, or leaves it out.
 * @param onLast called when no further attempt will come.
 * @throws what the last attempt threw.
 */
export async function* retryTurn(
  attempt: () => AsyncGenerator<Message, void, void>,
  options: RetryPlan,
  stop: AbortSignal,
  announce: Announce,
  onLast: () => void = () => {},
): AsyncGenerator<Message, void, void> {
  const left = new AbortController();
  const opening = createItemQueue<Message>();
  let current: AsyncGenerator<Message, void, void> | undefined;
  const started = openTurn(
    () => {
      current = attempt();
      return current;
    },
    options,
    AbortSignal.any([stop, left.signal]),
    opening,
    announce,
  ).then(
    (rest) => {
      onLast();
      opening.end();
      return rest;
    },
    (error: unknown) => {
      opening.end(error);
      return undefined;
    },
  );
  try {
    yield* opening;
    const rest = await started;
    if (rest) yield* rest;
  } finally {
    left.abort();
    // A reader that left during the opening: the attempt's own clean-up ends its process.
    await current?.return();
    await started;
  }
}

/** Runs attempts until one is answered (then the rest of it is returned), or until no further one makes sense. */
async function openTurn(
  attempt: () => AsyncGenerator<Message, void, void>,
  options: RetryPlan,
  stop: AbortSignal,
  opening: ItemQueue<Message>,
  announce: Announce,
): Promise<AsyncGenerator<Message, void, void> | undefined> {
  const { default: pRetry } = await import("p-retry");
  const isRetryable = (error: Error): error is FailedAttempt =>
    error instanceof FailedAttempt && !stop.aborted && classifyFailure(error.failure).retryable;
  try {
    return await pRetry(
      async (attemptNumber) => {
        const messages = attempt();
        const isWorthIt = (failure: unknown): boolean =>
          attemptNumber <= options.retries && !stop.aborted && classifyFailure(failure).retryable;
        return (await readOpening(messages, opening, isWorthIt)) ? messages : undefined;
      },
      {
        retries: options.retries,
        factor: options.factor,
        minTimeout: options.minDelayMs,
        maxTimeout: Math.max(options.minDelayMs, options.maxDelayMs),
        randomize: options.jitter,
        signal: stop,
        shouldRetry: ({ error }) => isRetryable(error),
        onFailedAttempt: ({ error, attemptNumber, retriesLeft }) => {
          if (retriesLeft > 0 && isRetryable(error)) {
            const message = announce(retryMessage(error.failure, attemptNumber, options));
            if (message) opening.push(message);
          }
        },
      },
    );
  } catch (error) {
    if (!(error instanceof FailedAttempt)) throw stop.aborted ? stop.reason : error;
    for (const message of error.messages) opening.push(message);
    if (isResultMessage(error.failure)) return undefined;
    throw error.failure;
  }
}

/**
 * Passes on the messages before Claude's first word.
 *
 * @param isWorthIt whether a failure is to be followed by another attempt. The attempt ends there, although a session with
 * more prompts to come would go on.
 * @returns whether there is more to read: Claude has begun to answer, or has failed for good.
 * @throws FailedAttempt for an error result that is worth another attempt, and for what the turn throws.
 */
async function readOpening(
  messages: AsyncGenerator<Message, void, void>,
  opening: ItemQueue<Message>,
  isWorthIt: (failure: unknown) => boolean,
): Promise<boolean> {
  // The CLI's own "API Error: …" answers: shown only if the attempt is the last.
  const held: Message[] = [];
  const passHeld = (): void => {
    for (const kept of held.splice(0)) opening.push(kept);
  };
  for (;;) {
    const { value: message, done } = await messages.next().catch((error: unknown) => {
      throw new FailedAttempt(error, held);
    });
    if (done) {
      passHeld();
      return false;
    }
    if (isResultMessage(message) && message.is_error && isWorthIt(message)) {
      await messages.return();
      throw new FailedAttempt(message, [...held, message]);
    }
    if (isSynthetic(message)) {
      held.push(message);
      continue;
    }
    passHeld();
    opening.push(message);
    if (answerKinds.has(message.type)) return true;
  }
}

/** With these Claude has begun to answer. */
const answerKinds: ReadonlySet<string> = new Set(["stream_event", "assistant", "result"]);

function isSynthetic(message: Message): boolean {
  return isAssistantMessage(message) && message.message.model === SYNTHETIC_MODEL;
}

/** In the words of the CLI's own retries, so that whoever shows these shows ours. The delay is the least that jitter makes of it. */
function retryMessage(failure: unknown, attempt: number, options: RetryPlan): Message {
  const { kind, status } = classifyFailure(failure);
  const delay = Math.min(options.minDelayMs * options.factor ** (attempt - 1), options.maxDelayMs);
  return {
    type: "system",
    subtype: "api_retry",
    attempt,
    max_retries: options.retries,
    retry_delay_ms: delay,
    error_status: status ?? null,
    error: kind,
  };
}
