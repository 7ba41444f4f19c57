import type { SessionChanges } from "../control/session-changes.js";
import type { ClaudeOptions } from "../options/types.js";
import { replayHint, type TurnPlan } from "../turn-plan.js";
import { type ClientSession, openClientSession } from "./client-session.js";

/** The CLI of a client: started when it is needed, and anew after it has gone. */
export interface ClientConnection {
  /** The CLI that was started last, or is being started; undefined once it has ended. Never rejects. */
  current(): Promise<ClientSession | undefined>;
  /** The same, if it has started. */
  readonly opened: ClientSession | undefined;
  /**
   * The CLI that runs, or a new one.
   *
   * @param plan the turn it is for, if any.
   * @throws CLINotFoundError, CLIConnectionError, and what `end` was given meanwhile.
   */
  open(plan?: TurnPlan): Promise<ClientSession>;
  /** Ends it and all that its tools started; its readers see the error. */
  end(error: unknown): Promise<void>;
}

/**
 * @param optionsOfNext the options of a CLI that is started now.
 * @param changes made again in each of them.
 */
export function createClientConnection(
  optionsOfNext: () => ClaudeOptions,
  cwd: string,
  changes: SessionChanges,
): ClientConnection {
  let session: Promise<ClientSession> | undefined;
  let opened: ClientSession | undefined;
  let stopOpening = new AbortController();

  const start = async (
    last: ClientSession | undefined,
    stop: AbortSignal,
    plan: TurnPlan | undefined,
  ): Promise<ClientSession> => {
    // Not before the last one has ended: both would write to one transcript.
    await last?.live.end();
    const started = await openClientSession(optionsOfNext(), cwd, stop, replayHint(plan));
    changes.applyTo(started.live);
    return started;
  };

  return {
    current: async () => session?.catch(() => undefined),
    get opened() {
      return opened;
    },
    open(plan) {
      const last = opened;
      if (session && (last === undefined || last.live.isUsable)) return session;
      opened = undefined;
      stopOpening = new AbortController();
      const opening = start(last, stopOpening.signal, plan);
      const forget = (): void => {
        if (session === opening) session = opened = undefined;
      };
      session = opening;
      opening.then((started) => {
        if (session === opening) opened = started;
        void started.live.ended.finally(forget);
      }, forget);
      return opening;
    },
    async end(error) {
      const ending = session;
      session = opened = undefined;
      stopOpening.abort(error);
      const live = (await ending?.catch(() => undefined))?.live;
      live?.fail(error);
      await live?.end();
    },
  };
}
