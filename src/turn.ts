import type { ProcessEnd } from "./errors.js";
import type { RawMessage } from "./messages/parse-message.js";

/** One line of the CLI. */
export interface TurnLine {
  readonly type: "line";
  readonly raw: RawMessage;
  /** Milliseconds from the start of the turn to the line's arrival. */
  readonly atMs: number;
}

/** How the CLI ended, after its last line. */
export interface TurnEnd extends ProcessEnd {
  readonly type: "end";
  /** A last line that was cut off. */
  readonly unfinishedLine?: string | undefined;
}

/** What a turn gives, from the CLI or from a recording: lines, and last its end. A turn that is stopped throws instead. */
export type TurnEvent = TurnLine | TurnEnd;
