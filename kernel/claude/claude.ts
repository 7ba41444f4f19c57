import { reattach } from "../live/reattach.js";
import { type CellConversation, cellConversation } from "./cell-conversation.js";
import { type ClaudeCallOptions, type ClaudeTurn, runCellTurn } from "./run-cell-turn.js";

/** Claude in a notebook; a global of every cell. */
export interface ClaudeInNotebook {
  /**
   * Asks Claude in the notebook's conversation and shows the answer in this cell while it streams. Calls follow one another,
   * also when several are started at once.
   *
   * @throws ResultError when the turn ends with an error, after the cell has shown it; and what `query()` throws.
   * @example
   *     const turn = await claude("What do these numbers have in common?");
   *     turn.text;
   */
  (prompt: string, options?: ClaudeCallOptions): Promise<ClaudeTurn>;
  /** The conversation that the notebook's cells share. */
  readonly cells: CellConversation;
  /** Shows the newest turn again, in this cell: as it goes on, or whole when it has ended. */
  reattach(): void;
}

export const claude: ClaudeInNotebook = Object.assign(
  (prompt: string, options?: ClaudeCallOptions) => runCellTurn(prompt, options),
  { cells: cellConversation.facts, reattach },
);
