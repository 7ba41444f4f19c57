import { log } from "../log.js";
import { createGlob } from "./glob.js";
import type { HistoryEntry, HistoryFile } from "./history-file.js";
import type { Json } from "./wire.js";

/** The cells that ran, in this session and in earlier ones. */
export interface History {
  add(executionCount: number, code: string): void;
  /** The content of a history_reply. @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#history */
  search(request: Json): Json;
}

/** How the protocol names the running session. */
const THIS_SESSION = 0;

/** Cells of this session remembered; the oldest go first. */
const MAX_ENTRIES = 10_000;

type Access = (entries: readonly HistoryEntry[], request: Json, session: number) => readonly HistoryEntry[];

const accessTypes: Readonly<Record<string, Access>> = {
  tail: (entries, { n }) => last(entries, n),
  range(entries, { session, start, stop }, current) {
    // As in IPython: 0 is this session, a negative number counts back from it.
    const asked = typeof session === "number" ? session : THIS_SESSION;
    const wanted = asked > 0 ? asked : current + asked;
    const from = typeof start === "number" ? start : 0;
    const to = typeof stop === "number" ? stop : Number.POSITIVE_INFINITY;
    return entries.filter(({ session, line }) => session === wanted && line >= from && line < to);
  },
  search(entries, { pattern, unique, n }) {
    const matches = createGlob(typeof pattern === "string" ? pattern : "*");
    const found = entries.filter(({ code }) => matches(code));
    return last(unique ? [...new Map(found.map((entry) => [entry.code, entry])).values()] : found, n);
  },
};

/** @param open opens the file of earlier sessions when it is first needed; if it fails, there is only this session. */
export function createHistory(open: () => HistoryFile | undefined): History {
  let file: HistoryFile | undefined;
  let entries: HistoryEntry[] = [];
  let session = 1;
  let isOpen = false;
  const openOnce = (): void => {
    if (isOpen) return;
    isOpen = true;
    try {
      file = open();
      if (!file) return;
      entries = [...file.entries];
      session = file.session;
    } catch (error) {
      log(`The history of earlier sessions is not available: ${error}`);
    }
  };
  return {
    add(line, code) {
      openOnce();
      const entry = { session, line, code };
      entries.push(entry);
      if (entries.length > 2 * MAX_ENTRIES) entries = entries.slice(-MAX_ENTRIES);
      try {
        file?.append(entry);
      } catch (error) {
        log(`A cell could not be added to the history: ${error}`);
        file = undefined;
      }
    },
    search(request) {
      openOnce();
      const access = accessTypes[String(request.hist_access_type)];
      if (!access) {
        return {
          status: "error",
          ename: "ValueError",
          evalue: `Unknown hist_access_type ${JSON.stringify(request.hist_access_type)}; use tail, range or search.`,
          traceback: [],
          history: [],
        };
      }
      const history = access(entries, request, session).map(({ session, line, code }) => [
        session,
        line,
        request.output ? [code, null] : code,
      ]);
      return { status: "ok", history };
    },
  };
}

function last(entries: readonly HistoryEntry[], n: unknown): readonly HistoryEntry[] {
  return typeof n === "number" && n >= 0 ? entries.slice(Math.max(0, entries.length - n)) : entries;
}
