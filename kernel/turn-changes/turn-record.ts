import { createFileChanges, type FileChange } from "../../renderers/changes/file-changes.js";
import type { Message, ResultMessage } from "../../src/messages/types.js";
import { originOf } from "../../src/origin.js";
import { type FileState, fileStates } from "./file-state.js";

/** What is known of the changes of a turn that has ended. */
export interface TurnRecord {
  readonly files: readonly FileChange[];
  /** How the turn left its files; empty for a turn that was replayed. */
  readonly left: ReadonlyMap<string, FileState>;
  readonly result: ResultMessage;
}

/** Follows a turn while it is shown; its record is found by its result. */
export interface TurnRecorder {
  /** Resolves at once, but for the result: when the turn's files have been looked at, before anybody goes on. */
  note(message: Message): Promise<void>;
}

const records = new WeakMap<ResultMessage, TurnRecord>();

export function createTurnRecorder(): TurnRecorder {
  const changes = createFileChanges();
  return {
    async note(message) {
      changes.note(message);
      if (message.type !== "result") return;
      const result = message as ResultMessage;
      const files = changes.list();
      const isReplayed = originOf(result)?.query.replayed ?? false;
      const left = await fileStates(isReplayed ? [] : files.map(({ path }) => path));
      records.set(result, { files, left, result });
    },
  };
}

/** What is known of the changes of the turn that this result ends. */
export function turnRecordOf(result: ResultMessage): TurnRecord {
  return records.get(result) ?? { files: [], left: new Map(), result };
}
