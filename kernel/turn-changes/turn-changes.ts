import { type FileChange, fileChangesText } from "../../renderers/changes/file-changes.js";
import { showAs } from "../../src/shown-as.js";
import type { TurnRecord } from "./turn-record.js";
import { UndoError } from "./undo-error.js";
import { type UndoneTurn, undoTurn } from "./undo-turn.js";
import type { VariableChanges } from "./variable-changes.js";

/** A file that a turn changed. */
export interface ChangedFile {
  /** Absolute. */
  readonly path: string;
  /** The turn made the file. */
  readonly created: boolean;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
}

/** The changes of a turn, shown as a panel for each file when it is the value of a cell; as text, a unified diff. */
export interface TurnDiff {
  readonly files: readonly FileChange[];
  toString(): string;
}

/** How a turn is undone. */
export interface UndoOptions {
  /** Also puts back what has been changed since, and files that lie elsewhere. @defaultValue false */
  readonly force?: boolean | undefined;
}

/** What a turn changed, and the way back. */
export interface TurnChanges {
  /** The files that the turn changed by the tools that edit files (commands are not looked into). */
  readonly files: readonly ChangedFile[];
  /** What it changed in them. */
  diff(): TurnDiff;
  /**
   * Puts the files back to what they were before the turn, by the CLI's checkpoints, and variables that code of the turn set
   * to their earlier values.
   *
   * @throws UndoError when there is nothing to undo, or more than the turn's own changes would be lost.
   */
  undo(options?: UndoOptions): Promise<UndoneTurn>;
}

/** How {@link turnChanges} undoes. */
export interface UndoMeans {
  /** What the turn's code did to variables. */
  readonly variables?: VariableChanges | undefined;
  /** Runs it when no turn runs that it could meet. */
  readonly alone?: (<T>(work: () => Promise<T>) => Promise<T>) | undefined;
}

/** The changes of a turn, for those who had it. */
export function turnChanges(record: TurnRecord, { variables, alone = run }: UndoMeans = {}): TurnChanges {
  let state: "there" | "going" | "undone" = "there";
  return {
    files: record.files.map(({ hunks: _, ...file }) => file),
    diff() {
      const diff = { files: record.files };
      Object.defineProperty(diff, "toString", { value: () => fileChangesText(record.files) });
      return showAs(diff, "changes");
    },
    async undo({ force = false } = {}) {
      if (state === "undone") throw new UndoError("This turn has been undone already.");
      if (state === "going") throw new UndoError("This turn is being undone already.");
      state = "going";
      try {
        const undone = await alone(() => undoTurn(record, variables, force));
        state = "undone";
        return undone;
      } finally {
        if (state === "going") state = "there";
      }
    },
  };
}

function run<T>(work: () => Promise<T>): Promise<T> {
  return work();
}
