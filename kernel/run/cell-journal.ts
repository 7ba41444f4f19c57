import type { CellError, CellJournal, CellOutput, JournalEntry } from "./journal-entry.js";
import type { Output } from "./output.js";
import {
  isSameDisplay,
  keptOf,
  MAX_TEXT,
  noteShown,
  noteText,
  type Recorded,
  SHOWN,
  sizeOf,
} from "./recorded-output.js";
import { startOf } from "./text-copies.js";

/** Cells of which the outputs are kept. */
const MAX_CELLS = 100;
/** What is kept of all cells, in characters: a hundred figures of 300 kB. Older cells lose what they showed first. */
const MAX_TOTAL = 32_000_000;
/** Longest code and longest line of an error that are kept, in characters. */
const MAX_CODE = 200_000;

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

  /** Most of a notebook's memory could go into figures that nobody asks for again. */
  const makeRoom = (): void => {
    let total = 0;
    for (const entry of [...entries.values()].reverse()) {
      total += entry.code.length + entry.text.length + sizeOf(entry.bundles);
      if (total <= MAX_TOTAL) continue;
      total -= entry.text.length + sizeOf(entry.bundles);
      entry.text = "";
      entry.bundles = [];
    }
  };

  const recordedOf = (cell: string | undefined): Recorded[] => {
    if (cell === undefined) return [];
    const entry = entries.get(cell);
    return [...(entry ? [entry] : []), ...(taps.get(cell) ?? [])];
  };

  const journal: CellJournal = {
    get entries() {
      return [...entries.values()].map(asEntry);
    },
    begin({ id, executionCount }, code) {
      entries.set(id, {
        executionCount,
        code: startOf(code, MAX_CODE),
        state: "running",
        text: "",
        bundles: [],
      });
      for (const old of entries.keys()) {
        if (entries.size <= MAX_CELLS) break;
        entries.delete(old);
      }
      makeRoom();
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
      for (const each of recordedOf(cell)) noteText(each, text);
      output.write(cell, name, text);
    },
    publish(cell, messageType, content, extra) {
      output.publish(cell, messageType, content, extra);
      if (messageType === "update_display_data") {
        // Wherever the display stands: another cell may have shown it.
        const kept = keptOf(content);
        const all = new Set([...entries.values(), ...recordedOf(cell)]);
        for (const each of kept ? all : [])
          each.bundles = each.bundles.map((old) => (isSameDisplay(old, kept!) ? kept! : old));
      } else for (const each of recordedOf(cell)) noteShown(each, messageType, content);
      if (SHOWN.has(messageType)) makeRoom();
      const entry = cell === undefined ? undefined : entries.get(cell);
      if (entry && messageType === "error") {
        entry.state = "failed";
        entry.error = shortened(content as unknown as CellError);
      }
    },
  };
  return { journal, output: noted };
}

/** An error can hold the whole of what was wrong. */
function shortened({ ename, evalue, traceback }: CellError): CellError {
  return {
    ename: startOf(ename, MAX_CODE),
    evalue: startOf(evalue, MAX_CODE),
    traceback: traceback.slice(0, 200).map((line) => startOf(line, MAX_CODE)),
  };
}

function asOutput({ text, bundles }: Recorded): CellOutput {
  return { text: text.slice(-MAX_TEXT), bundles: bundles.map(({ data }) => data) };
}

function asEntry(entry: Entry): JournalEntry {
  const { executionCount, code, state, error } = entry;
  return { executionCount, code, state, ...(error && { error }), ...asOutput(entry) };
}
