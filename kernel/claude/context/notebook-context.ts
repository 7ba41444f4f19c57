import { stripVTControlCharacters } from "node:util";
import type { JournalEntry } from "../../run/journal-entry.js";
import { asData } from "../tools/as-data.js";
import type { ToolSite } from "../tools/tool-site.js";
import { hasChanged, type SeenValue, seeValue } from "./seen-value.js";
import { variableLine } from "./variable-lines.js";

/** Variables that are told of with one turn. */
const MAX_VARIABLES = 40;
/** Longest error, in characters: its beginning. */
const MAX_ERROR_CHARS = 1_500;

/** What a conversation has been told of its notebook. */
export interface NotebookContext {
  /** The conversation begins anew: it knows nothing. */
  forget(): void;
  /** What has changed since the last turn, for Claude; "" for nothing. From then on it counts as told. */
  next(site: ToolSite, samples: boolean): Promise<string>;
}

export function createNotebookContext(folder: () => string): NotebookContext {
  let seen = new Map<string, SeenValue>();
  let toldFolder: string | undefined;
  let toldError: number | undefined;

  const changedNames = ({ notebook }: ToolSite): string[] => {
    const now = new Map<string, SeenValue>();
    for (const name of notebook.names) {
      const value = notebook.read(name)?.value;
      const isPart = (typeof value === "object" || typeof value === "function") && notebook.isOwn(value);
      if (!isPart) now.set(name, seeValue(value));
    }
    const changed = [...now.keys()].filter((name) => hasChanged(seen.get(name), now.get(name)!));
    seen = now;
    return changed;
  };

  return {
    forget() {
      seen = new Map();
      toldFolder = toldError = undefined;
    },
    async next(site, samples) {
      const isFirst = toldFolder === undefined;
      const names = changedNames(site);
      const lines: string[] = [];
      if (toldFolder !== folder()) lines.push(`Folder: ${folder()}`);
      toldFolder = folder();
      if (names.length > 0)
        lines.push(isFirst ? "Variables:" : "Variables that are new or changed since the last turn:");
      for (const name of names.slice(0, MAX_VARIABLES)) lines.push(await variableLine(name, site, samples));
      if (names.length > MAX_VARIABLES) lines.push(`… ${names.length - MAX_VARIABLES} more`);
      const failed = site.notebook.journal.entries.findLast(({ error }) => error !== undefined);
      if (failed && failed.executionCount !== toldError) lines.push(errorText(failed));
      toldError = failed?.executionCount;
      return lines.length === 0
        ? ""
        : `Context of the notebook, sent on its own.\n${asData(lines.join("\n"))}`;
    },
  };
}

function errorText({ executionCount, error }: JournalEntry): string {
  const text = stripVTControlCharacters(error?.traceback.join("\n") ?? "");
  const cut = text.length > MAX_ERROR_CHARS ? `${text.slice(0, MAX_ERROR_CHARS)}…` : text;
  return `Last error, in cell [${executionCount}]:\n${cut}`;
}
