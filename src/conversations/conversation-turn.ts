import { CLIConnectionError, ResultError } from "../errors.js";
import { isResultMessage, isStreamEvent } from "../messages/guards.js";
import type { Message, ResultMessage } from "../messages/types.js";
import { replayHints } from "../recording/recording-file.js";

/** What a turn of a conversation came to. */
export interface ConversationAnswer {
  readonly sessionId: string;
  /** The turn's messages, without the pieces of answers that stream. */
  readonly messages: readonly Message[];
  readonly result: ResultMessage;
}

/**
 * A turn of a conversation: await it for its answer, or read its messages as they come, e.g. with
 * `display_claude_response(turn)`. It begins when either is done, and leaving a loop over it ends it.
 */
export interface ConversationTurn extends AsyncIterable<Message>, PromiseLike<ConversationAnswer> {
  /** The conversation's id, known before the turn begins. */
  readonly sessionId: string;
  /** Lets Claude stop: the turn comes to its end, and what was said and what it cost is kept. */
  interrupt(): Promise<void>;
  /** Ends the turn at once; what was said so far is kept. */
  close(): Promise<void>;
}

/**
 * @param run makes the turn, which is read by whoever comes first; `onAsked` is told how Claude can be let stop.
 */
export function createConversationTurn(
  sessionId: string,
  run: (onAsked: (interrupt: () => Promise<void>) => void) => AsyncGenerator<Message, void, void>,
): ConversationTurn {
  let interrupt: (() => Promise<void>) | undefined;
  const messages = run((given) => {
    interrupt = given;
  });
  const kept: Message[] = [];
  let failure: { readonly error: unknown } | undefined;
  let answer: Promise<ConversationAnswer> | undefined;

  async function* read(): AsyncGenerator<Message, void, void> {
    try {
      for await (const message of messages) {
        if (!isStreamEvent(message)) kept.push(message);
        yield message;
      }
    } catch (error) {
      failure = { error };
      throw error;
    }
  }

  async function collect(): Promise<ConversationAnswer> {
    for await (const _ of read());
    // Somebody else has read the turn, and saw it fail.
    if (failure) throw failure.error;
    const result = kept.findLast(isResultMessage);
    if (!result) throw new CLIConnectionError("The turn ended without a result.");
    if (result.is_error) throw new ResultError(result, { hints: replayHints(result) });
    return { sessionId, messages: kept, result };
  }

  const close = async (): Promise<void> => void (await messages.return());
  return {
    sessionId,
    [Symbol.asyncIterator]: read,
    interrupt: () => (interrupt ?? close)(),
    close,
    // biome-ignore lint/suspicious/noThenProperty: a turn is awaited for its answer, like execa's subprocesses
    then(onAnswer, onError) {
      answer ??= collect();
      return answer.then(onAnswer, onError);
    },
  };
}
