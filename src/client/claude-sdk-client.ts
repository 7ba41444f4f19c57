import { createSessionChanges } from "../control/session-changes.js";
import { SessionControls } from "../control/session-controls.js";
import { AbortError, ClaudeSDKError, ControlRequestError } from "../errors.js";
import { events, type FlatEvent } from "../messages/events.js";
import type { Message } from "../messages/types.js";
import { normaliseOptions } from "../options/normalise-options.js";
import { resolveCwd } from "../options/resolve-cwd.js";
import type { ClaudeOptions, QueryOptions } from "../options/types.js";
import { onAbort } from "../process/on-abort.js";
import { isPromptStream, type Prompt, type PromptItem } from "../prompt.js";
import { readPrompt } from "../read-prompt.js";
import { noteTurn } from "../recording/session-turns.js";
import { resolveRetry } from "../retry/retry-options.js";
import { planTurn, type TurnPlan } from "../turn-plan.js";
import { type BegunTurn, readBegunTurn } from "./begun-turn.js";
import { type ClientConnection, createClientConnection } from "./client-connection.js";
import type { ClientTurn } from "./client-turn.js";
import { nextTurn } from "./next-turn.js";
import { createTurnQueue } from "./turn-queue.js";

/**
 * A conversation: several turns over one CLI. A CLI that ends between two turns is started again, and goes on with the
 * session. Turns are recorded and replayed one by one, like those of `query()`.
 *
 * @example
 *     await ClaudeSDKClient.use({ model: "sonnet" }, async (client) => {
 *       await client.query("Name a colour");
 *       for await (const message of client.receiveResponse()) console.log(message.type);
 *     });
 */
export class ClaudeSDKClient extends SessionControls implements AsyncDisposable {
  readonly #options: ClaudeOptions;
  readonly #connection: ClientConnection;
  #sessionId: string | undefined;
  readonly #queue = createTurnQueue((error) => this.#connection.end(error));
  /** Settles when every prompt so far is answered. */
  #answered: Promise<void> = Promise.resolve();
  readonly #noteSession = (sessionId: string): void => {
    this.#sessionId = sessionId;
  };
  #closed = false;
  #closing: Promise<void> | undefined;
  #ignoreSignal: (() => void) | undefined;

  /** @throws InvalidOptionsError */
  constructor(options?: QueryOptions) {
    const changes = createSessionChanges();
    super((request) => this.#reach(request), changes);
    this.#options = normaliseOptions(options);
    const cwd = resolveCwd(this.#options.cwd);
    // Changes are made again in a CLI that goes on with the session.
    this.#connection = createClientConnection(() => this.#optionsOfNextTurn(), cwd, changes);
    this.#sessionId = this.#options.resume;
  }

  /** Runs `work` with a client that is closed afterwards, whatever happens: for code without `await using`. */
  static async use<T>(
    options: QueryOptions | undefined,
    work: (client: ClaudeSDKClient) => Promise<T>,
  ): Promise<T> {
    const client = new ClaudeSDKClient(options);
    try {
      await client.start();
      return await work(client);
    } finally {
      await client.close();
    }
  }

  /** The session's id, once a turn has begun. */
  get sessionId(): string | undefined {
    return this.#sessionId;
  }

  /** The same as {@link ClaudeSDKClient.sessionId}. */
  get session_id(): string | undefined {
    return this.#sessionId;
  }

  /** The process id of the CLI; undefined while none runs. */
  get pid(): number | undefined {
    return this.#connection.opened?.live.pid;
  }

  /**
   * Gets ready, and asks a first question if there is one. In the modes `live` and `record` the CLI starts here, else with
   * the first turn that is not replayed.
   */
  async start(prompt?: Prompt): Promise<void> {
    this.#requireOpen();
    const { abortSignal, mode } = this.#options;
    if (abortSignal) this.#ignoreSignal ??= onAbort(abortSignal, (reason) => void this.#abort(reason));
    if (mode === "live" || mode === "record") await this.#connection.open();
    if (prompt !== undefined) await this.query(prompt);
  }

  /** The same as {@link ClaudeSDKClient.start}. */
  connect(prompt?: Prompt): Promise<void> {
    return this.start(prompt);
  }

  /**
   * Asks. Prompts are answered one after the other; their answers are read with {@link ClaudeSDKClient.receiveResponse}.
   *
   * @throws InvalidOptionsError for a prompt that cannot be sent.
   */
  async query(prompt: Prompt): Promise<void> {
    this.#requireOpen();
    const read = readPrompt(prompt, this.#options.inputFormat);
    if (!isPromptStream(read)) this.#ask(read);
    else for await (const item of read) this.#ask(item);
  }

  /** The messages of the next answer, up to its result. Leaving the loop leaves the rest for the next call. */
  async *receiveResponse(): AsyncGenerator<Message, void, void> {
    await this.#queue.dropLeft();
    const turn = this.#queue.first ?? (await this.#next());
    if (turn) yield* this.#messagesOf(turn);
  }

  /** All messages, of every turn, and what background tasks say in between; ends when the client is closed. */
  async *receiveMessages(): AsyncGenerator<Message, void, void> {
    for (;;) {
      const turn = this.#queue.first ?? (await this.#next());
      if (!turn) return;
      yield* this.#messagesOf(turn);
    }
  }

  /** The next answer as {@link events} flattens it. */
  receiveEvents(): AsyncGenerator<FlatEvent, void, void> {
    return events(this.receiveResponse());
  }

  /** Stops the turn that runs: what was said so far comes as a message, then an error result. */
  override async interrupt(): Promise<void> {
    const session = await this.#connection.current();
    if (session?.live.isUsable) await session.live.request("interrupt");
  }

  /** Ends the CLI and all that its tools started; readers see the messages end. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  /** The same as {@link ClaudeSDKClient.close}. */
  disconnect(): Promise<void> {
    return this.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #ask(item: PromptItem): void {
    const before = this.#answered;
    let answer = (): void => {};
    this.#answered = new Promise((resolve) => {
      answer = resolve;
    });
    let begun: Promise<BegunTurn> | undefined;
    const planned = before.then(() => {
      const plan = planTurn(item, this.#optionsOfNextTurn());
      if (!plan.replayed) begun = this.#begin(plan, answer);
      // Whoever reads the turn learns it.
      begun?.catch(() => answer());
      return plan;
    });
    planned.catch(() => answer());
    const turn = this.#queue.add({
      planned,
      live: (plan) => {
        // A further attempt asks once more, in the same session.
        const attempt = begun ?? this.#begin(plan, answer);
        begun = undefined;
        return readBegunTurn(attempt, this.#noteSession, () => this.#begin(plan, answer));
      },
    });
    void turn.done.then(answer);
  }

  async #begin(plan: TurnPlan, answer: () => void): Promise<BegunTurn> {
    this.#requireOpen();
    const isReused = this.#connection.opened?.live.isUsable === true;
    const session = await this.#connection.open(plan);
    const promptId = session.send(plan.item);
    // Whether this is the answer shows when it is read: until then, no other prompt may come between.
    const mayRepeat = resolveRetry(plan.options.retry) !== undefined;
    session.onAnswered((sessionId) => {
      this.#sessionId = sessionId;
      noteTurn(sessionId, plan);
      if (!mayRepeat) answer();
    });
    if (!mayRepeat) void session.live.ended.finally(answer);
    return { session, promptId, isReused };
  }

  async *#messagesOf(turn: ClientTurn): AsyncGenerator<Message, void, void> {
    for (;;) {
      const next = await turn.messages.next().catch((error: unknown) => {
        if (this.#closed) return { done: true as const, value: undefined };
        throw error;
      });
      if (next.done) return;
      const { session_id, type } = next.value as { session_id?: unknown; type: string };
      if (type === "result" && typeof session_id === "string") this.#sessionId = session_id;
      yield next.value;
    }
  }

  #next(): Promise<ClientTurn | undefined> {
    return nextTurn({
      queue: this.#queue,
      connection: this.#connection,
      isClosed: () => this.#closed,
      // There is no prompt, and nothing to record.
      planUnasked: () => ({
        ...planTurn("-", this.#optionsOfNextTurn()),
        prompt: "",
        replayed: false,
        recorded: false,
        mode: "live",
      }),
      noteSession: this.#noteSession,
    });
  }

  #optionsOfNextTurn(): ClaudeOptions {
    if (this.#sessionId === undefined || this.#sessionId === this.#options.resume) return this.#options;
    const { continue: _, forkSession, sessionId, ...options } = this.#options;
    return { ...options, resume: this.#sessionId };
  }

  async #reach(request: string) {
    if (this.#closed) throw new ControlRequestError(request, "the client is closed.");
    return (await this.#connection.open()).live;
  }

  async #abort(reason: unknown): Promise<void> {
    const error = new AbortError(reason);
    await Promise.all([this.#connection.end(error), ...this.#queue.turns.map((turn) => turn.abort(error))]);
  }

  async #end(): Promise<void> {
    this.#closed = true;
    this.#ignoreSignal?.();
    this.#queue.wake();
    await this.#abort("closed");
  }

  #requireOpen(): void {
    if (this.#closed) throw new ClosedClientError();
  }
}

/** The client was closed before. */
class ClosedClientError extends ClaudeSDKError {
  constructor() {
    super("cli_connection", "The client is closed.", { hints: ["Make a new ClaudeSDKClient."] });
  }
}
