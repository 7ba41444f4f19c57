import { RESPONSE_MIME } from "../../renderers/response/parts.js";
import type { Json } from "../io/wire.js";
import type { Output } from "./output.js";

/** What a cell has printed and shown. */
export interface CellOutput {
  /** stdout and stderr in their order; of much text the end. */
  readonly text: string;
  /** Displays and the value, oldest first, without what would be too large. */
  readonly bundles: readonly Json[];
}

/** One execution of a cell. */
export interface JournalEntry extends CellOutput {
  readonly executionCount: number;
  readonly code: string;
  readonly state: "running" | "ok" | "failed";
  /** Why it failed, as the front end shows it. */
  readonly error?: CellError | undefined;
}

export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** What the cells of this kernel ran, printed and showed lately. */
export interface CellJournal {
  /** Oldest first. */
  readonly entries: readonly JournalEntry[];
  begin(cell: { readonly id: string; readonly executionCount: number }, code: string): void;
  end(cellId: string): void;
  /** Also gives what a cell shows while `work` runs. */
  during<T>(
    cellId: string,
    work: () => Promise<T>,
  ): Promise<{ readonly value: T; readonly output: CellOutput }>;
}

/** Cells of which the outputs are kept. */
const MAX_CELLS = 100;
/** Text of one cell that is kept, in characters: the end of it. */
const MAX_TEXT = 200_000;
/** Displays of one cell that are kept. */
const MAX_BUNDLES = 20;
/** Largest display that is kept, in characters; an image of 3 MB. */
const MAX_BUNDLE = 4_000_000;

/** What Claude can read of a display: HTML says the same as the rest, in many more tokens. */
const KEPT_TYPES = /^(?:text\/(?:plain|markdown|latex)|image\/.*|application\/(?:.*\+)?json)$/;

interface Recorded {
  text: string;
  bundles: { readonly displayId: string | undefined; readonly data: Json }[];
}

interface Entry extends Recorded {
  readonly executionCount: number;
  readonly code: string;
  state: JournalEntry["state"];
  error?: CellError;
}

/** Notes what goes to the front end, on its way. @returns the output to use in place of the given one. */
export function createCellJournal(output: Output): { journal: CellJournal; output: Output } {
  const entries = new Map<string, Entry>();
  const taps = new Map<string, Set<Recorded>>();

  const recordedOf = (cell: string | undefined): Recorded[] => {
    const entry = cell === undefined ? undefined : entries.get(cell);
    return entry ? [entry, ...(taps.get(cell!) ?? [])] : [];
  };

  const journal: CellJournal = {
    get entries() {
      return [...entries.values()].map(asOutput);
    },
    begin({ id, executionCount }, code) {
      entries.set(id, { executionCount, code, state: "running", text: "", bundles: [] });
      for (const old of entries.keys()) {
        if (entries.size <= MAX_CELLS) break;
        entries.delete(old);
      }
    },
    end(cellId) {
      const entry = entries.get(cellId);
      if (entry?.state === "running") entry.state = "ok";
    },
    async during(cellId, work) {
      const tap: Recorded = { text: "", bundles: [] };
      const open = taps.get(cellId) ?? new Set();
      taps.set(cellId, open.add(tap));
      try {
        return { value: await work(), output: asOutput(tap) };
      } finally {
        open.delete(tap);
      }
    },
  };

  const noted: Output = {
    write(cell, name, text) {
      for (const each of recordedOf(cell)) {
        each.text += text;
        // Seldom, so that the cost of cutting is spread over as much text again.
        if (each.text.length > 2 * MAX_TEXT) each.text = each.text.slice(-MAX_TEXT);
      }
      output.write(cell, name, text);
    },
    publish(cell, messageType, content, extra) {
      output.publish(cell, messageType, content, extra);
      for (const each of recordedOf(cell)) note(each, messageType, content);
      const entry = cell === undefined ? undefined : entries.get(cell);
      if (entry && messageType === "error") {
        entry.state = "failed";
        entry.error = content as unknown as CellError;
      }
    },
  };
  return { journal, output: noted };
}

function note(recorded: Recorded, messageType: string, content: Json): void {
  if (messageType === "clear_output") {
    recorded.text = "";
    recorded.bundles = [];
    return;
  }
  const isUpdate = messageType === "update_display_data";
  if (!isUpdate && messageType !== "display_data" && messageType !== "execute_result") return;
  const { data, transient } = content as { data: Json; transient?: { display_id?: string } };
  // Claude's own answers.
  if (RESPONSE_MIME in data) return;
  const kept = { displayId: transient?.display_id, data: keptOf(data) };
  const place = isUpdate ? recorded.bundles.findIndex(({ displayId }) => displayId === kept.displayId) : -1;
  if (place >= 0) recorded.bundles[place] = kept;
  else if (!isUpdate) recorded.bundles.push(kept);
  if (recorded.bundles.length > MAX_BUNDLES) recorded.bundles.shift();
}

function keptOf(data: Json): Json {
  const kept = Object.entries(data).filter(
    ([type, value]) => KEPT_TYPES.test(type) && (typeof value !== "string" || value.length <= MAX_BUNDLE),
  );
  return Object.fromEntries(kept);
}

function asOutput<R extends Recorded>(recorded: R): Omit<R, "bundles"> & CellOutput {
  return {
    ...recorded,
    text: recorded.text.slice(-MAX_TEXT),
    bundles: recorded.bundles.map(({ data }) => data),
  };
}
