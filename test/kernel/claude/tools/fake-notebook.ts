import type { ToolSite } from "../../../../kernel/claude/tools/tool-site.js";
import type { CellHandle, CodeOutcome, LiveNotebook } from "../../../../kernel/host.js";
import type { JournalEntry } from "../../../../kernel/run/journal-entry.js";

/** A notebook of given variables, cells and outcomes. */
export interface FakeNotebook extends ToolSite {
  /** Code that ran, and code that was put below. */
  readonly ran: string[];
  readonly below: string[];
}

export function fakeNotebook(
  variables: Record<string, unknown> = {},
  entries: readonly Partial<JournalEntry>[] = [],
  outcome: CodeOutcome = { ok: true, output: { text: "42\n", bundles: [] } },
): FakeNotebook {
  const ran: string[] = [];
  const below: string[] = [];
  const notebook: LiveNotebook = {
    journal: {
      entries: entries.map((entry) => ({
        executionCount: 1,
        code: "",
        state: "ok",
        text: "",
        bundles: [],
        ...entry,
      })),
      begin() {},
      end() {},
      during: async (_cell, work) => ({ value: await work(), output: { text: "", bundles: [] } }),
    },
    names: Object.keys(variables),
    read: (name) => (Object.hasOwn(variables, name) ? { value: variables[name] } : undefined),
    describeType: async (name) => (Object.hasOwn(variables, name) ? `const ${name}: T` : undefined),
    isOwn: () => false,
    async run(_cell, code) {
      ran.push(code);
      return outcome;
    },
    async declare() {},
    async restore(name, value) {
      variables[name] = value;
    },
    setNextCell: (_cell, code) => void below.push(code),
  };
  const cell: CellHandle = {
    id: "cell",
    executionCount: 7,
    running: true,
    signal: new AbortController().signal,
    display() {},
    onEnd() {},
  };
  return { notebook, cell, ran, below };
}
