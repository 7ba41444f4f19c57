import { type Arrival, createArrival } from "./arrival.js";
import { type ClientTurn, type ClientTurnSource, createClientTurn } from "./client-turn.js";

/** The turns of a client that are not read to their end, oldest first. */
export interface TurnQueue extends Pick<Arrival, "wait"> {
  readonly turns: readonly ClientTurn[];
  readonly first: ClientTurn | undefined;
  add(source: Omit<ClientTurnSource, "end">): ClientTurn;
  /** Reads to its end what was left unread and has been followed by another question: it is of no interest any more. */
  dropLeft(): Promise<void>;
  /** Wakes who waits for a turn, though none was added. */
  wake(): void;
}

/** @param end ends the CLI. */
export function createTurnQueue(end: ClientTurnSource["end"]): TurnQueue {
  const turns: ClientTurn[] = [];
  const arrival = createArrival();
  return {
    turns,
    get first() {
      return turns[0];
    },
    add(source) {
      const turn = createClientTurn({ ...source, end });
      turns.push(turn);
      void turn.done.then(() => {
        const at = turns.indexOf(turn);
        if (at !== -1) turns.splice(at, 1);
      });
      arrival.notify();
      return turn;
    },
    async dropLeft() {
      while (turns.length > 1 && turns[0]!.isRead) await drop(turns[0]!);
    },
    wait: arrival.wait,
    wake: arrival.notify,
  };
}

async function drop(turn: ClientTurn): Promise<void> {
  for (;;) {
    const next = await turn.messages.next().catch(() => ({ done: true }));
    if (next.done) return;
  }
}
