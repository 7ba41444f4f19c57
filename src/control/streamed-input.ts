import { ControlRequestError } from "../errors.js";
import type { PromptItem } from "../prompt.js";
import { createPromptSource } from "../prompt-source.js";
import type { LiveSession } from "./live-session.js";
import { feed } from "./live-turn.js";

/** Prompts for a turn that runs, sent again by each further attempt. */
export interface StreamedInput {
  /** Settles when all of them are sent. @throws ControlRequestError when the CLI takes no more. */
  readonly sent: Promise<void>;
  /** Sends them from the first on; an attempt before gets no more of them. */
  feedTo(session: LiveSession): void;
  /** No further attempt comes. */
  forget(): void;
  /** The turn is over. */
  close(): void;
}

export function createStreamedInput(prompts: AsyncIterable<PromptItem>): StreamedInput {
  const source = createPromptSource(prompts);
  let settle = (): void => {};
  let fail = (_: unknown): void => {};
  const sent = new Promise<void>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  let fed: LiveSession | undefined;
  let isRefused = false;
  let isLast = false;
  const refuse = (): void => {
    if (!isRefused || !isLast) return;
    const why =
      "every prompt before was answered, so the CLI takes no more; ask in another query with `resume`.";
    fail(new ControlRequestError("streamInput", why));
  };
  const forget = (): void => {
    isLast = true;
    source.forget();
    refuse();
  };

  return {
    sent,
    feedTo(session) {
      if (session === fed) return;
      fed = session;
      isRefused = false;
      void feed(session, source.read()).then((isSent) => {
        if (session !== fed) return;
        isRefused = !isSent;
        if (isSent) settle();
        else refuse();
      });
    },
    forget,
    close() {
      forget();
      source.close();
    },
  };
}
