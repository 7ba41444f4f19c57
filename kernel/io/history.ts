import type { Json } from "./wire.js";

/** The cells that ran in this session. */
export interface History {
  add(executionCount: number, code: string): void;
  /** The content of a history_reply. @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#history */
  search(request: Json): Json;
}

interface Entry {
  readonly line: number;
  readonly code: string;
}

/** The one session this history knows: the running one, which the protocol numbers 0. */
const THIS_SESSION = 0;
/** Cells remembered; the oldest go first. */
const MAX_ENTRIES = 10_000;

type Access = (entries: readonly Entry[], request: Json) => readonly Entry[];

const accessTypes: Readonly<Record<string, Access>> = {
  tail: (entries, { n }) => last(entries, n),
  range(entries, { session, start, stop }) {
    if (session !== undefined && session !== null && session !== THIS_SESSION) return [];
    const from = typeof start === "number" ? start : 0;
    const to = typeof stop === "number" ? stop : Number.POSITIVE_INFINITY;
    return entries.filter(({ line }) => line >= from && line < to);
  },
  search(entries, { pattern, unique, n }) {
    const matches = globToRegExp(typeof pattern === "string" ? pattern : "*");
    const found = entries.filter(({ code }) => matches.test(code));
    return last(unique ? [...new Map(found.map((entry) => [entry.code, entry])).values()] : found, n);
  },
};

export function createHistory(): History {
  const entries: Entry[] = [];
  return {
    add(line, code) {
      entries.push({ line, code });
      if (entries.length > MAX_ENTRIES) entries.shift();
    },
    search(request) {
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
      const history = access(entries, request).map(({ line, code }) => [
        THIS_SESSION,
        line,
        request.output ? [code, null] : code,
      ]);
      return { status: "ok", history };
    },
  };
}

function last(entries: readonly Entry[], n: unknown): readonly Entry[] {
  return typeof n === "number" && n >= 0 ? entries.slice(Math.max(0, entries.length - n)) : entries;
}

/** A pattern of `*` and `?`, as in a shell, that matches the whole text. */
function globToRegExp(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s");
}
