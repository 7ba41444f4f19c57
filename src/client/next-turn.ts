import type { TurnPlan } from "../turn-plan.js";
import { readBegunTurn } from "./begun-turn.js";
import type { ClientConnection } from "./client-connection.js";
import type { ClientTurn } from "./client-turn.js";
import type { TurnQueue } from "./turn-queue.js";

export interface TurnSources {
  readonly queue: TurnQueue;
  readonly connection: ClientConnection;
  isClosed(): boolean;
  /** The plan of a turn that a background task begins. */
  planUnasked(): TurnPlan;
  noteSession(sessionId: string): void;
}

/**
 * The turn that comes next: the next question's, or one that a background task begins; undefined when the client is closed.
 *
 * @throws what ended the CLI while nobody asked it anything.
 */
export async function nextTurn(sources: TurnSources): Promise<ClientTurn | undefined> {
  const { queue, connection, noteSession } = sources;
  for (;;) {
    if (sources.isClosed() || queue.first) return queue.first;
    const arrival = queue.wait();
    const session = await connection.current();
    let failure: { error: unknown } | undefined;
    const unasked = session?.ready().catch((error: unknown) => {
      failure = { error };
      return false;
    });
    const isUnasked = await Promise.race([
      arrival.then(() => false),
      unasked ?? new Promise<never>(() => {}),
    ]);
    if (failure) await session?.live.end();
    if (sources.isClosed() || queue.first) continue;
    if (isUnasked && session) {
      const begun = Promise.resolve({ session, promptId: undefined, isReused: true });
      const planned = Promise.resolve(sources.planUnasked());
      return queue.add({ planned, live: () => readBegunTurn(begun, noteSession) });
    }
    if (failure) throw failure.error;
    // The CLI has ended: what comes next is a question.
    if (session && !session.live.isUsable) await arrival;
  }
}
