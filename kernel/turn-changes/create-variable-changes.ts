import type { LiveNotebook } from "../host.js";
import type { VariableChanges } from "./variable-changes.js";

interface Change {
  readonly before: unknown;
  after: unknown;
  /** What the checker said of it before, where the code named it and may have declared it anew. */
  readonly signature: string | undefined;
}

/** Follows what code of a turn does to the variables of a notebook. */
export function createVariableChanges(notebook: LiveNotebook): VariableChanges {
  const changes = new Map<string, Change>();
  const readValue = (name: string): unknown => notebook.read(name)?.value;

  return {
    async during(code, work) {
      const before = new Map(notebook.names.map((name) => [name, readValue(name)]));
      const signatures = await signaturesIn(notebook, code);
      try {
        return await work();
      } finally {
        for (const [name, value] of before) {
          const after = readValue(name);
          if (Object.is(value, after)) continue;
          const known = changes.get(name);
          if (known) known.after = after;
          else changes.set(name, { before: value, after, signature: signatures.get(name) });
        }
      }
    },
    get names() {
      return [...changes.keys()];
    },
    changedSince: () =>
      [...changes].flatMap(([name, { after }]) => (Object.is(readValue(name), after) ? [] : [name])),
    async restore() {
      for (const [name, { before, signature }] of changes) await notebook.restore(name, before, signature);
      return [...changes.keys()];
    },
  };
}

/** What the checker says of the variables that code names. */
async function signaturesIn(notebook: LiveNotebook, code: string): Promise<ReadonlyMap<string, string>> {
  const words = new Set(code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  const signatures = new Map<string, string>();
  for (const name of notebook.names.filter((each) => words.has(each))) {
    const signature = await notebook.describeType(name);
    if (signature !== undefined) signatures.set(name, signature);
  }
  return signatures;
}
