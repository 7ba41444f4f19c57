import { createSessionChanges, type SessionChanges } from "../control/session-changes.js";
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
import type { TurnEvent } from "../turn.js";
import { planTurn, replayHint, type TurnPlan } from "../turn-plan.js";
import { type ClientSession, openClientSession } from "./client-session.js";
import { type ClientTurn, createClientTurn } from "./client-turn.js";

/** Kinds of messages that only an answer has. */
const SPOKEN: readonly unknown[] = ["assistant", "stream_event", "result"];

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
  readonly #cwd: string;
  /** Made again in a CLI that goes on with the session. */
  readonly #changes: SessionChanges;
  #session: Promise<ClientSession> | undefined;
  /** The same, once it has opened. */
  #opened: ClientSession | undefined;
  /** Ends its opening. */
  #stopOpening = new AbortController();
  #sessionId: string | undefined;
  /** Turns that are not read to their end, oldest first. */
  readonly #turns: ClientTurn[] = [];
  /** Settles when every prompt so far is answered. */
  #answered: Promise<void> = Promise.resolve();
  #arrival = createArrival();
  #closed = false;
  #closing: Promise<void> | undefined;
  #ignoreSignal: (() => void) | undefined;

  /** @throws InvalidOptionsError */
  constructor(options?: QueryOptions) {
    const changes = createSessionChanges();
    super((request) => this.#reach(request), changes);
    this.#changes = changes;
    this.#options = normaliseOptions(options);
    this.#cwd = resolveCwd(this.#options.cwd);
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
    return this.#opened?.live.pid;
  }

  /**
   * Gets ready, and asks a first question if there is one. In the modes `live` and `record` the CLI starts here, else with
   * the first turn that is not replayed.
   */
  async start(prompt?: Prompt): Promise<void> {
    this.#requireOpen();
    const { abortSignal, mode } = this.#options;
    if (abortSignal) this.#ignoreSignal ??= onAbort(abortSignal, (reason) => void this.#abort(reason));
    if (mode === "live" || mode === "record") await this.#open();
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
    // What was left unread, and has been followed by another question, is of no interest any more.
    while (this.#turns.length > 1 && this.#turns[0]!.isRead) await this.#drop(this.#turns[0]!);
    const turn = this.#turns[0] ?? (await this.#nextTurn());
    if (turn) yield* this.#messagesOf(turn);
  }

  /** All messages, of every turn, and what background tasks say in between; ends when the client is closed. */
  async *receiveMessages(): AsyncGenerator<Message, void, void> {
    for (;;) {
      const turn = this.#turns[0] ?? (await this.#nextTurn());
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
    const session = await this.#session?.catch(() => undefined);
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
    const turn = this.#addTurn({
      planned,
      live: (plan) => {
        // A further attempt asks once more, in the same session.
        const attempt = begun ?? this.#begin(plan, answer);
        begun = undefined;
        return this.#readLive(attempt, () => this.#begin(plan, answer));
      },
    });
    void turn.done.then(answer);
  }

  async #begin(plan: TurnPlan, answer: () => void): Promise<BegunTurn> {
    const isReused = this.#opened?.live.isUsable === true;
    const session = await this.#open(plan);
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

  /** @param again asks once more: for a CLI that had died before it saw the prompt, which nobody could know. */
  async *#readLive(
    begun: Promise<BegunTurn>,
    again?: () => Promise<BegunTurn>,
  ): AsyncGenerator<TurnEvent, void> {
    const { session, promptId, isReused } = await begun;
    let hasSpoken = false;
    try {
      for await (const event of session.turn(promptId)) {
        // The CLI says which prompt it answers after the first words of the answer.
        hasSpoken ||= event.type === "line" && SPOKEN.includes(event.raw.type);
        const isLost =
          event.type === "end" && promptId !== undefined && !hasSpoken && !session.hasBegun(promptId);
        if (isLost && again && isReused) {
          yield* this.#readLive(again());
          return;
        }
        if (event.type === "line" && event.raw.type === "system" && event.raw.subtype === "init")
          this.#sessionId = String(event.raw.session_id);
        yield event;
      }
    } catch (error) {
      // What can no longer be read must not work on unseen.
      await session.live.end();
      throw error;
    }
  }

  #addTurn(source: Omit<Parameters<typeof createClientTurn>[0], "end">): ClientTurn {
    const turn = createClientTurn({ ...source, end: (error) => this.#endSession(error) });
    this.#turns.push(turn);
    void turn.done.then(() => {
      const at = this.#turns.indexOf(turn);
      if (at !== -1) this.#turns.splice(at, 1);
    });
    this.#arrival.notify();
    return turn;
  }

  /** The turn that comes next: the next question's, or one that a background task begins; undefined when closed. */
  async #nextTurn(): Promise<ClientTurn | undefined> {
    for (;;) {
      if (this.#closed || this.#turns[0]) return this.#turns[0];
      const session = await this.#session?.catch(() => undefined);
      let failure: { error: unknown } | undefined;
      const unasked = session?.ready().catch((error: unknown) => {
        failure = { error };
        return false;
      });
      const isUnasked = await Promise.race([
        this.#arrival.wait().then(() => false),
        unasked ?? new Promise<never>(() => {}),
      ]);
      if (failure) await session?.live.end();
      if (this.#closed || this.#turns[0]) continue;
      if (isUnasked && session) {
        const plan: TurnPlan = {
          ...planTurn("-", this.#optionsOfNextTurn()),
          prompt: "",
          replayed: false,
          mode: "live",
        };
        const begun = Promise.resolve({ session, promptId: undefined, isReused: true });
        return this.#addTurn({ planned: Promise.resolve(plan), live: () => this.#readLive(begun) });
      }
      if (failure) throw failure.error;
      // The CLI has ended: what comes next is a question.
      if (session && !session.live.isUsable) await this.#arrival.wait();
    }
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

  async #drop(turn: ClientTurn): Promise<void> {
    for (;;) {
      const next = await turn.messages.next().catch(() => ({ done: true }));
      if (next.done) return;
    }
  }

  #optionsOfNextTurn(): ClaudeOptions {
    if (this.#sessionId === undefined || this.#sessionId === this.#options.resume) return this.#options;
    const { continue: _, forkSession, sessionId, ...options } = this.#options;
    return { ...options, resume: this.#sessionId };
  }

  /** The CLI that runs, or a new one that goes on with the session. */
  #open(plan?: TurnPlan): Promise<ClientSession> {
    this.#requireOpen();
    const last = this.#opened;
    if (this.#session && (last === undefined || last.live.isUsable)) return this.#session;
    this.#opened = undefined;
    const stop = new AbortController();
    this.#stopOpening = stop;
    // Not before the last one has ended: both would write to one transcript.
    const opening = (async () => {
      await last?.live.end();
      const opened = await openClientSession(
        this.#optionsOfNextTurn(),
        this.#cwd,
        stop.signal,
        replayHint(plan),
      );
      this.#changes.applyTo(opened.live);
      return opened;
    })();
    const forget = (): void => {
      if (this.#session !== opening) return;
      this.#session = undefined;
      this.#opened = undefined;
    };
    this.#session = opening;
    opening.then((opened) => {
      if (this.#session === opening) this.#opened = opened;
      void opened.live.ended.finally(forget);
    }, forget);
    return opening;
  }

  async #reach(request: string) {
    if (this.#closed) throw new ControlRequestError(request, "the client is closed.");
    return (await this.#open()).live;
  }

  async #endSession(error: unknown): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#opened = undefined;
    this.#stopOpening.abort(error);
    const live = (await session?.catch(() => undefined))?.live;
    live?.fail(error);
    await live?.end();
  }

  async #abort(reason: unknown): Promise<void> {
    const error = new AbortError(reason);
    await Promise.all([this.#endSession(error), ...this.#turns.map((turn) => turn.abort(error))]);
  }

  async #end(): Promise<void> {
    this.#closed = true;
    this.#ignoreSignal?.();
    this.#arrival.notify();
    await this.#abort("closed");
  }

  #requireOpen(): void {
    if (this.#closed) throw new ClosedClientError();
  }
}

interface BegunTurn {
  readonly session: ClientSession;
  /** undefined for a turn that a background task began. */
  readonly promptId: string | undefined;
  /** Whether the CLI ran before it was asked, and may have died unseen. */
  readonly isReused: boolean;
}

/** The client was closed before. */
class ClosedClientError extends ClaudeSDKError {
  constructor() {
    super("cli_connection", "The client is closed.", { hints: ["Make a new ClaudeSDKClient."] });
  }
}

/** Lets one side wait for the other's news. */
function createArrival(): { wait(): Promise<void>; notify(): void } {
  let waiting: (() => void)[] = [];
  return {
    wait: () => new Promise((resolve) => waiting.push(resolve)),
    notify() {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
  };
}
