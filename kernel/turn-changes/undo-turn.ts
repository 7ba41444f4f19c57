import { openRewind } from "../../src/checkpoints/open-rewind.js";
import { checkpointOf } from "../../src/checkpoints/turn-checkpoint.js";
import { originOf } from "../../src/origin.js";
import type { TurnRecord } from "./turn-record.js";
import { UndoError } from "./undo-error.js";
import type { VariableChanges } from "./variable-changes.js";
import { whyNotUndo } from "./why-not-undo.js";

/** What was put back. */
export interface UndoneTurn {
  /** Absolute. */
  readonly files: readonly string[];
  /** Names. */
  readonly variables: readonly string[];
}

/**
 * Puts back what a turn has changed: all of it, or nothing.
 *
 * @param force also where other changes are lost by it.
 * @throws UndoError
 */
export async function undoTurn(
  record: TurnRecord,
  variables: VariableChanges | undefined,
  force: boolean,
): Promise<UndoneTurn> {
  const { files, result } = record;
  const query = originOf(result)?.query;
  if (query?.replayed)
    throw new UndoError(
      "This turn was replayed from a recording: it changed nothing here, so nothing can be undone.",
    );
  const names = variables?.names ?? [];
  if (files.length === 0 && names.length === 0)
    throw new UndoError(
      "There is nothing to undo: this turn edited no file and set no variable that was there before it. What commands did is not kept.",
    );
  const since = variables?.changedSince() ?? [];
  const reasons = since.map((name) => `the variable ${name} has been set since`);
  if (files.length === 0) {
    refuseFor(reasons, force);
    return { files: [], variables: (await variables?.restore()) ?? [] };
  }
  const checkpoint = query && checkpointOf(query);
  if (!checkpoint)
    throw new UndoError(
      "The CLI has not kept what the files of this turn were: give the query the option `enableFileCheckpointing: true`.",
    );
  const rewind = openRewind(checkpoint, result.session_id ?? "");
  try {
    const preview = await orUndoError(() => rewind.preview());
    refuseFor([...(await whyNotUndo(record, checkpoint.options, preview)), ...reasons], force);
    await orUndoError(() => rewind.run());
    return { files: preview, variables: (await variables?.restore()) ?? [] };
  } finally {
    await rewind.close();
  }
}

function refuseFor(reasons: readonly string[], force: boolean): void {
  if (reasons.length === 0 || force) return;
  throw new UndoError(
    `Nothing was undone: ${reasons.join("; ")}. turn.undo({ force: true }) undoes the turn all the same.`,
  );
}

async function orUndoError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UndoError(`The CLI could not put the files back, and nothing was undone. ${why}`, { cause });
  }
}
