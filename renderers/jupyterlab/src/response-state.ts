import { applyChanges } from "../../live/json-changes.js";
import type { KernelMessage } from "../../live/live-protocol.js";
import type { Part } from "../../response/parts.js";

/** What a view knows of a response that comes in deltas. */
export interface ResponseState {
  readonly parts: readonly Part[];
  /** The number of the last delta; −1 before the first state. */
  readonly seq: number;
  readonly ended: boolean;
  /** Takes a message; returns what is to be done about it: draw, ask for the state, or nothing. */
  take(message: Extract<KernelMessage, { op: "delta" | "state" }>): "draw" | "sync" | "nothing";
}

export function createResponseState(parts: readonly Part[]): ResponseState {
  const state = { parts, seq: -1, ended: false };
  const take: ResponseState["take"] = (message) => {
    const { seq } = message;
    if (seq <= state.seq) return "nothing";
    if (message.op === "state") {
      state.parts = message.parts;
      state.seq = seq;
      state.ended = message.ended;
      return "draw";
    }
    // From nothing on, the first delta is the whole.
    const isNext = seq === state.seq + 1 || (state.seq === -1 && seq === 1);
    if (!isNext) return "sync";
    try {
      state.parts = applyChanges(state.seq === -1 ? [] : state.parts, message.changes) as readonly Part[];
    } catch {
      return "sync";
    }
    state.seq = seq;
    return "draw";
  };
  return {
    get parts() {
      return state.parts;
    },
    get seq() {
      return state.seq;
    },
    get ended() {
      return state.ended;
    },
    take,
  };
}
