import { ResultError } from "../../src/errors.js";
import type { ResultMessage } from "../../src/messages/types.js";
import { originOf } from "../../src/origin.js";
import { replayHints } from "../../src/recording/recording-file.js";
import { type TurnChanges, turnChanges, type UndoMeans } from "../turn-changes/turn-changes.js";
import { turnRecordOf } from "../turn-changes/turn-record.js";

/** A turn that `claude()` had, and what it changed. As text it is Claude's last words. */
export interface ClaudeTurn extends TurnChanges {
  /** Claude's last words, in markdown. */
  readonly text: string;
  /** What the turn cost, in US dollars; 0 when it was replayed. */
  readonly costUsd: number;
  /** The CLI's session, for the option `resume`. */
  readonly sessionId: string;
  /** Whether it came from a recording: no tool ran and nothing was paid. */
  readonly replayed: boolean;
  /** The turn's last message. */
  readonly result: ResultMessage;
  toString(): string;
}

/**
 * The turn that a result ends.
 *
 * @param means how it is undone.
 * @throws ResultError when the result is an error.
 */
export function turnOf(result: ResultMessage, means?: UndoMeans): ClaudeTurn {
  if (result.is_error) throw new ResultError(result, { hints: replayHints(result) });
  const text = result.result ?? "";
  const replayed = originOf(result)?.query.replayed ?? false;
  const turn = {
    text,
    costUsd: replayed ? 0 : (result.total_cost_usd ?? 0),
    sessionId: result.session_id ?? "",
    replayed,
    result,
    ...turnChanges(turnRecordOf(result), means),
    toString: () => text,
  };
  for (const hidden of ["result", "diff", "undo", "toString"])
    Object.defineProperty(turn, hidden, { enumerable: false });
  return hide(turn);
}

/** As the value of its cell it is shown already. */
function hide<T extends object>(value: T): T {
  return Object.defineProperty(value, Symbol.for("Jupyter.display"), {
    value: () => ({}),
    configurable: true,
  });
}
